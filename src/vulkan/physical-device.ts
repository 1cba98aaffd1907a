// Reads what a physical device says about itself into plain data. Creates nothing.
import { listCooperativeMatrices } from './cooperative-matrices.ts';
import { queryFeatures, usableVersion } from './device-features.ts';
import type {
  DeviceInfo,
  DeviceType,
  MemoryHeapInfo,
  MemoryTypeInfo,
  QueueFamilyInfo,
} from './device-info.ts';
import { limitsOf } from './device-limits.ts';
import { describeIdentity } from './device-properties.ts';
import { enumerateHandles, enumerateStructs } from './enumerate.ts';
import type { Instance } from './instance.ts';
import {
  VK_MEMORY_HEAP_DEVICE_LOCAL_BIT,
  VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT,
  VK_MEMORY_PROPERTY_HOST_CACHED_BIT,
  VK_MEMORY_PROPERTY_HOST_COHERENT_BIT,
  VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT,
  VK_QUEUE_COMPUTE_BIT,
  VK_QUEUE_GRAPHICS_BIT,
  VK_QUEUE_TRANSFER_BIT,
} from './registry/constants.ts';
import { type Plain, readStruct, struct } from './struct.ts';
import { formatVersion } from './version.ts';

const TYPES: readonly DeviceType[] = ['other', 'integrated-gpu', 'discrete-gpu', 'virtual-gpu', 'cpu'];

/** A VkPhysicalDevice and what it says about itself. */
export interface PhysicalDevice {
  readonly handle: bigint;
  readonly info: DeviceInfo;
}

/** All physical devices, in the order of vkEnumeratePhysicalDevices. */
export function listPhysicalDevices(instance: Instance): readonly PhysicalDevice[] {
  const handles = enumerateHandles('vkEnumeratePhysicalDevices', (count, memory) =>
    instance.commands.vkEnumeratePhysicalDevices(instance.handle, count, memory),
  );
  return handles.map((handle, index) => ({ handle, info: describe(instance, handle, index) }));
}

function describe(instance: Instance, handle: bigint, index: number): DeviceInfo {
  const base = struct('VkPhysicalDeviceProperties', {});
  instance.commands.vkGetPhysicalDeviceProperties(handle, base.memory);
  const properties = readStruct(base);
  const type = TYPES[properties.deviceType as number] ?? 'other';
  const extensions = listExtensions(instance, handle);
  const apiVersion = formatVersion(properties.apiVersion as number);
  const version = usableVersion(instance, { apiVersion });
  return {
    index,
    name: properties.deviceName as string,
    type,
    software: type === 'cpu',
    vendorId: properties.vendorID as number,
    deviceId: properties.deviceID as number,
    apiVersion,
    ...describeIdentity(instance, handle, version, extensions, properties),
    cooperativeMatrices: listCooperativeMatrices(instance, handle, version, extensions),
    queueFamilies: listQueueFamilies(instance, handle),
    ...listMemory(instance, handle),
    limits: limitsOf(properties.limits as Plain),
    features: [
      ...listCoreFeatures(instance, handle),
      ...queryFeatures(instance, handle, version, extensions),
    ],
    extensions,
  };
}

function listExtensions(instance: Instance, handle: bigint): readonly string[] {
  const extensions = enumerateStructs(
    'vkEnumerateDeviceExtensionProperties',
    'VkExtensionProperties',
    (count, memory) => instance.commands.vkEnumerateDeviceExtensionProperties(handle, null, count, memory),
  );
  return extensions.map((extension) => extension.extensionName as string).sort();
}

function listQueueFamilies(instance: Instance, handle: bigint): readonly QueueFamilyInfo[] {
  const families = enumerateStructs(
    'vkGetPhysicalDeviceQueueFamilyProperties',
    'VkQueueFamilyProperties',
    (count, memory) => {
      instance.commands.vkGetPhysicalDeviceQueueFamilyProperties(handle, count, memory);
      return undefined;
    },
  );
  return families.map((family, index) => {
    const has = (flag: number): boolean => ((family.queueFlags as number) & flag) !== 0;
    return {
      index,
      queueCount: family.queueCount as number,
      graphics: has(VK_QUEUE_GRAPHICS_BIT),
      compute: has(VK_QUEUE_COMPUTE_BIT),
      transfer: has(VK_QUEUE_TRANSFER_BIT),
      timestampValidBits: family.timestampValidBits as number,
    };
  });
}

function listMemory(
  instance: Instance,
  handle: bigint,
): { memoryHeaps: MemoryHeapInfo[]; memoryTypes: MemoryTypeInfo[] } {
  const memory = struct('VkPhysicalDeviceMemoryProperties', {});
  instance.commands.vkGetPhysicalDeviceMemoryProperties(handle, memory.memory);
  const plain = readStruct(memory);
  const heaps = (plain.memoryHeaps as readonly Plain[]).slice(0, plain.memoryHeapCount as number);
  const types = (plain.memoryTypes as readonly Plain[]).slice(0, plain.memoryTypeCount as number);
  return {
    memoryHeaps: heaps.map((heap, index) => ({
      index,
      bytes: Number(heap.size),
      deviceLocal: ((heap.flags as number) & VK_MEMORY_HEAP_DEVICE_LOCAL_BIT) !== 0,
    })),
    memoryTypes: types.map(memoryTypeOf),
  };
}

function memoryTypeOf(type: Plain, index: number): MemoryTypeInfo {
  const has = (flag: number): boolean => ((type.propertyFlags as number) & flag) !== 0;
  return {
    index,
    heapIndex: type.heapIndex as number,
    deviceLocal: has(VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT),
    hostVisible: has(VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT),
    hostCoherent: has(VK_MEMORY_PROPERTY_HOST_COHERENT_BIT),
    hostCached: has(VK_MEMORY_PROPERTY_HOST_CACHED_BIT),
  };
}

function listCoreFeatures(instance: Instance, handle: bigint): readonly string[] {
  const features = struct('VkPhysicalDeviceFeatures', {});
  instance.commands.vkGetPhysicalDeviceFeatures(handle, features.memory);
  return Object.entries(readStruct(features))
    .filter(([, present]) => present === true)
    .map(([name]) => name);
}
