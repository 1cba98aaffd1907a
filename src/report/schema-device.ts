// The schema of a device's description; mirrors src/vulkan/device-info.ts. Loads zod: reached only through
// schema.ts.
import { z } from 'zod';
import { unavailable } from '../base/availability.ts';
import type { DeviceInfo, DeviceLimits } from '../vulkan/device-info.ts';
import { availableSchema, countSchema } from './schema-parts.ts';

const queueFamily = z.strictObject({
  index: countSchema,
  queueCount: countSchema,
  graphics: z.boolean(),
  compute: z.boolean(),
  transfer: z.boolean(),
  timestampValidBits: countSchema,
});

const memoryHeap = z.strictObject({ index: countSchema, bytes: countSchema, deviceLocal: z.boolean() });

const memoryType = z.strictObject({
  index: countSchema,
  heapIndex: countSchema,
  deviceLocal: z.boolean(),
  hostVisible: z.boolean(),
  hostCoherent: z.boolean(),
  hostCached: z.boolean(),
});

const threeNumbers = z.tuple([z.number(), z.number(), z.number()]);

/** Where a report of version 1.0 says nothing of a limit: the least that every device has (specification, "Required Limits"). */
const limits: z.ZodType<DeviceLimits> = z.strictObject({
  maxImageDimension1D: z.number().default(4096),
  maxImageDimension2D: z.number().default(4096),
  maxImageDimension3D: z.number().default(256),
  maxUniformBufferRange: z.number().default(16_384),
  maxStorageBufferRange: z.number(),
  maxPushConstantsSize: z.number(),
  maxMemoryAllocationCount: z.number(),
  maxBoundDescriptorSets: z.number().default(4),
  maxPerStageDescriptorUniformBuffers: z.number().default(12),
  maxPerStageDescriptorStorageBuffers: z.number().default(4),
  maxPerStageDescriptorStorageImages: z.number().default(4),
  maxPerStageResources: z.number().default(128),
  maxComputeSharedMemorySize: z.number(),
  maxComputeWorkGroupCount: threeNumbers,
  maxComputeWorkGroupInvocations: z.number(),
  maxComputeWorkGroupSize: threeNumbers,
  minStorageBufferOffsetAlignment: z.number(),
  nonCoherentAtomSize: z.number(),
  timestampPeriodNs: z.number(),
  timestampComputeAndGraphics: z.boolean(),
});

const OLDER = unavailable('the report is older than this field');

const driver = z.strictObject({
  id: availableSchema(z.number()).default(OLDER),
  name: availableSchema(z.string()),
  info: availableSchema(z.string()),
  version: z.number(),
});

const subgroupOperation = z.enum([
  'basic',
  'vote',
  'arithmetic',
  'ballot',
  'shuffle',
  'shuffle-relative',
  'clustered',
  'quad',
  'partitioned',
]);

const componentType = z.enum([
  'f16',
  'f32',
  'f64',
  's8',
  's16',
  's32',
  's64',
  'u8',
  'u16',
  'u32',
  'u64',
  'bf16',
  'e4m3',
  'e5m2',
  'other',
]);

const cooperativeMatrix = z.strictObject({
  extension: z.enum(['VK_KHR_cooperative_matrix', 'VK_NV_cooperative_matrix', 'VK_NV_cooperative_matrix2']),
  m: countSchema,
  n: countSchema,
  k: countSchema,
  aType: componentType,
  bType: componentType,
  cType: componentType,
  resultType: componentType,
  saturating: z.boolean(),
  scope: z.enum(['device', 'workgroup', 'subgroup', 'queue-family', 'other']),
  workgroupInvocations: countSchema.nullable(),
});

/** A physical device. */
export const deviceSchema: z.ZodType<DeviceInfo> = z.strictObject({
  index: countSchema,
  name: z.string(),
  type: z.enum(['other', 'integrated-gpu', 'discrete-gpu', 'virtual-gpu', 'cpu']),
  software: z.boolean(),
  vendorId: z.number(),
  deviceId: z.number(),
  apiVersion: z.string(),
  driver,
  uuid: availableSchema(z.string()),
  pciAddress: availableSchema(z.string()),
  renderNode: availableSchema(z.string()).default(OLDER),
  subgroupSize: availableSchema(z.number()),
  subgroupOperations: availableSchema(z.array(subgroupOperation)).default(OLDER),
  subgroupsInCompute: availableSchema(z.boolean()).default(OLDER),
  floatControls: z.array(z.string()).default([]),
  cooperativeMatrices: availableSchema(z.array(cooperativeMatrix)).default(OLDER),
  queueFamilies: z.array(queueFamily),
  memoryHeaps: z.array(memoryHeap),
  memoryTypes: z.array(memoryType),
  limits,
  features: z.array(z.string()),
  extensions: z.array(z.string()),
});
