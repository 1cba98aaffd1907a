// The limits of VkPhysicalDeviceLimits that decide whether a case fits the device, as plain numbers. Pure.
import type { DeviceLimits } from './device-info.ts';
import type { Plain } from './struct.ts';

const COUNTS = [
  'maxImageDimension1D',
  'maxImageDimension2D',
  'maxImageDimension3D',
  'maxUniformBufferRange',
  'maxStorageBufferRange',
  'maxPushConstantsSize',
  'maxMemoryAllocationCount',
  'maxBoundDescriptorSets',
  'maxPerStageDescriptorUniformBuffers',
  'maxPerStageDescriptorStorageBuffers',
  'maxPerStageDescriptorStorageImages',
  'maxPerStageResources',
  'maxComputeSharedMemorySize',
  'maxComputeWorkGroupInvocations',
  'minStorageBufferOffsetAlignment',
  'nonCoherentAtomSize',
] as const;

/** Reads a VkPhysicalDeviceLimits. */
export function limitsOf(limits: Plain): DeviceLimits {
  const counts = Object.fromEntries(COUNTS.map((name) => [name, Number(limits[name])]));
  const triple = (name: string): [number, number, number] =>
    limits[name] as unknown as [number, number, number];
  return {
    ...(counts as Record<(typeof COUNTS)[number], number>),
    maxComputeWorkGroupCount: triple('maxComputeWorkGroupCount'),
    maxComputeWorkGroupSize: triple('maxComputeWorkGroupSize'),
    timestampPeriodNs: Number(limits.timestampPeriod),
    timestampComputeAndGraphics: limits.timestampComputeAndGraphics as boolean,
  };
}
