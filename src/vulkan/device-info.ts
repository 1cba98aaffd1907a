// What a physical device says about itself, as plain data: it goes into the report unchanged.
import type { Available } from '../base/availability.ts';

/** VkPhysicalDeviceType in words. */
export type DeviceType = 'other' | 'integrated-gpu' | 'discrete-gpu' | 'virtual-gpu' | 'cpu';

/** One queue family (VkQueueFamilyProperties). */
export interface QueueFamilyInfo {
  readonly index: number;
  readonly queueCount: number;
  readonly graphics: boolean;
  readonly compute: boolean;
  readonly transfer: boolean;
  readonly timestampValidBits: number;
}

/** One memory heap. */
export interface MemoryHeapInfo {
  readonly index: number;
  readonly bytes: number;
  readonly deviceLocal: boolean;
}

/** One memory type and the heap it draws from. */
export interface MemoryTypeInfo {
  readonly index: number;
  readonly heapIndex: number;
  readonly deviceLocal: boolean;
  readonly hostVisible: boolean;
  readonly hostCoherent: boolean;
  readonly hostCached: boolean;
}

/** Limits that decide whether a case fits the device; bytes and counts as VkPhysicalDeviceLimits gives them. */
export interface DeviceLimits {
  readonly maxImageDimension1D: number;
  readonly maxImageDimension2D: number;
  readonly maxImageDimension3D: number;
  readonly maxUniformBufferRange: number;
  readonly maxStorageBufferRange: number;
  readonly maxPushConstantsSize: number;
  readonly maxMemoryAllocationCount: number;
  readonly maxBoundDescriptorSets: number;
  readonly maxPerStageDescriptorUniformBuffers: number;
  readonly maxPerStageDescriptorStorageBuffers: number;
  readonly maxPerStageDescriptorStorageImages: number;
  readonly maxPerStageResources: number;
  readonly maxComputeSharedMemorySize: number;
  readonly maxComputeWorkGroupCount: readonly [number, number, number];
  readonly maxComputeWorkGroupInvocations: number;
  readonly maxComputeWorkGroupSize: readonly [number, number, number];
  readonly minStorageBufferOffsetAlignment: number;
  readonly nonCoherentAtomSize: number;
  readonly timestampPeriodNs: number;
  readonly timestampComputeAndGraphics: boolean;
}

/** What a subgroup can do together (VkSubgroupFeatureFlagBits, without prefix and suffix). */
export type SubgroupOperation =
  | 'basic'
  | 'vote'
  | 'arithmetic'
  | 'ballot'
  | 'shuffle'
  | 'shuffle-relative'
  | 'clustered'
  | 'quad'
  | 'partitioned';

/** Type of the elements of a cooperative matrix (VkComponentTypeKHR), named as GLSL's shorthands are. */
export type ComponentType =
  | 'f16'
  | 'f32'
  | 'f64'
  | 's8'
  | 's16'
  | 's32'
  | 's64'
  | 'u8'
  | 'u16'
  | 'u32'
  | 'u64'
  | 'bf16'
  | 'e4m3'
  | 'e5m2'
  | 'other';

/** Who computes a cooperative matrix together (VkScopeKHR). */
export type MatrixScope = 'device' | 'workgroup' | 'subgroup' | 'queue-family' | 'other';

/** An extension that lists matrices: a kernel is written for one of them. */
type MatrixExtension = 'VK_KHR_cooperative_matrix' | 'VK_NV_cooperative_matrix' | 'VK_NV_cooperative_matrix2';

/**
 * One product that a device's matrix units compute: result (m × n) = A (m × k) B (k × n) + C. What
 * VK_NV_cooperative_matrix2 lists is computed for all multiples of m, n and k.
 */
export interface CooperativeMatrixInfo {
  readonly extension: MatrixExtension;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly aType: ComponentType;
  readonly bType: ComponentType;
  readonly cType: ComponentType;
  readonly resultType: ComponentType;
  /** Whether integer results stay at the ends of their range instead of wrapping. */
  readonly saturating: boolean;
  readonly scope: MatrixScope;
  /** The invocations that a workgroup must have, where it computes the product together; else null. */
  readonly workgroupInvocations: number | null;
}

/** A physical device. */
export interface DeviceInfo {
  /** Position in vkEnumeratePhysicalDevices. */
  readonly index: number;
  readonly name: string;
  readonly type: DeviceType;
  /** True where the "device" is this machine's CPU (type cpu): its times are not a GPU's. */
  readonly software: boolean;
  readonly vendorId: number;
  readonly deviceId: number;
  /** Vulkan version of the device, such as `1.3.230`. */
  readonly apiVersion: string;
  readonly driver: {
    /** VkPhysicalDeviceDriverProperties::driverID, a VkDriverId: 13 is llvmpipe, 22 is Venus. */
    readonly id: Available<number>;
    readonly name: Available<string>;
    readonly info: Available<string>;
    /** VkPhysicalDeviceProperties::driverVersion, undecoded: vendors pack it differently. */
    readonly version: number;
  };
  /** VkPhysicalDeviceIDProperties::deviceUUID as 32 hexadecimal digits with dashes. */
  readonly uuid: Available<string>;
  /** `0000:01:00.0`. */
  readonly pciAddress: Available<string>;
  /** Device number of the file through which the driver computes, `226:128` (VK_EXT_physical_device_drm). */
  readonly renderNode: Available<string>;
  readonly subgroupSize: Available<number>;
  /** What subgroups can do in the stages that have subgroups. */
  readonly subgroupOperations: Available<readonly SubgroupOperation[]>;
  /** Whether compute shaders are among those stages. */
  readonly subgroupsInCompute: Available<boolean>;
  /** Names of the members of VkPhysicalDeviceFloatControlsProperties that are true. */
  readonly floatControls: readonly string[];
  /** What its matrix units compute, as the drivers list it. */
  readonly cooperativeMatrices: Available<readonly CooperativeMatrixInfo[]>;
  readonly queueFamilies: readonly QueueFamilyInfo[];
  readonly memoryHeaps: readonly MemoryHeapInfo[];
  readonly memoryTypes: readonly MemoryTypeInfo[];
  readonly limits: DeviceLimits;
  /**
   * Names of the features that the device has: all of Vulkan 1.0 (`shaderFloat64`), and those of later versions and of
   * extensions that kernels may need (`shaderFloat16`, `shaderBufferFloat32AtomicAdd`).
   */
  readonly features: readonly string[];
  readonly extensions: readonly string[];
}
