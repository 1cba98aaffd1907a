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
  readonly maxStorageBufferRange: number;
  readonly maxPushConstantsSize: number;
  readonly maxMemoryAllocationCount: number;
  readonly maxComputeSharedMemorySize: number;
  readonly maxComputeWorkGroupCount: readonly [number, number, number];
  readonly maxComputeWorkGroupInvocations: number;
  readonly maxComputeWorkGroupSize: readonly [number, number, number];
  readonly minStorageBufferOffsetAlignment: number;
  readonly nonCoherentAtomSize: number;
  readonly timestampPeriodNs: number;
  readonly timestampComputeAndGraphics: boolean;
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
    readonly name: Available<string>;
    readonly info: Available<string>;
    /** VkPhysicalDeviceProperties::driverVersion, undecoded: vendors pack it differently. */
    readonly version: number;
  };
  /** VkPhysicalDeviceIDProperties::deviceUUID as 32 hexadecimal digits with dashes. */
  readonly uuid: Available<string>;
  /** `0000:01:00.0`. */
  readonly pciAddress: Available<string>;
  readonly subgroupSize: Available<number>;
  readonly queueFamilies: readonly QueueFamilyInfo[];
  readonly memoryHeaps: readonly MemoryHeapInfo[];
  readonly memoryTypes: readonly MemoryTypeInfo[];
  readonly limits: DeviceLimits;
  /** Names of the Vulkan 1.0 features that the device has, such as `shaderFloat64`. */
  readonly features: readonly string[];
  readonly extensions: readonly string[];
}
