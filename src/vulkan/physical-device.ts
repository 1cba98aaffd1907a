// Reads what a physical device says about itself into plain data. Creates nothing.
import { type Available, available, unavailable } from '../base/availability.ts';
import type {
  DeviceInfo,
  DeviceLimits,
  DeviceType,
  MemoryHeapInfo,
  MemoryTypeInfo,
  QueueFamilyInfo,
} from './device-info.ts';
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
import { formatVersion, makeVersion } from './version.ts';

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
  return {
    index,
    name: properties.deviceName as string,
    type,
    software: type === 'cpu',
    vendorId: properties.vendorID as number,
    deviceId: properties.deviceID as number,
    apiVersion: formatVersion(properties.apiVersion as number),
    ...describeIdentity(
      instance,
      handle,
      Math.min(instance.apiVersion, properties.apiVersion as number),
      extensions,
      properties,
    ),
    queueFamilies: listQueueFamilies(instance, handle),
    ...listMemory(instance, handle),
    limits: limitsOf(properties.limits as Plain),
    features: listFeatures(instance, handle),
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

type Identity = Pick<DeviceInfo, 'driver' | 'uuid' | 'pciAddress' | 'subgroupSize'>;

/** What only vkGetPhysicalDeviceProperties2 (Vulkan 1.1) tells: each struct is chained only where the device knows it. */
function describeIdentity(
  instance: Instance,
  handle: bigint,
  version: number,
  extensions: readonly string[],
  properties: Plain,
): Identity {
  const driverVersion = properties.driverVersion as number;
  if (version < makeVersion(1, 1, 0)) {
    const old = unavailable('the device or the loader is older than Vulkan 1.1');
    return {
      driver: { name: old, info: old, version: driverVersion },
      uuid: old,
      pciAddress: old,
      subgroupSize: old,
    };
  }
  const pci = extensions.includes('VK_EXT_pci_bus_info')
    ? struct('VkPhysicalDevicePCIBusInfoPropertiesEXT', {})
    : null;
  const knowsDriver = version >= makeVersion(1, 2, 0) || extensions.includes('VK_KHR_driver_properties');
  const driver = knowsDriver ? struct('VkPhysicalDeviceDriverProperties', { pNext: pci }) : null;
  const subgroup = struct('VkPhysicalDeviceSubgroupProperties', { pNext: driver ?? pci });
  const id = struct('VkPhysicalDeviceIDProperties', { pNext: subgroup });
  const chain = struct('VkPhysicalDeviceProperties2', { pNext: id });
  instance.commands.vkGetPhysicalDeviceProperties2(handle, chain.memory);
  const read = driver === null ? null : readStruct(driver);
  const noDriver = unavailable('the device lacks VK_KHR_driver_properties');
  return {
    driver: {
      name: read === null ? noDriver : available(read.driverName as string),
      info: read === null ? noDriver : available(read.driverInfo as string),
      version: driverVersion,
    },
    uuid: available(formatUuid(readStruct(id).deviceUUID as readonly number[])),
    pciAddress:
      pci === null
        ? unavailable('the device lacks VK_EXT_pci_bus_info')
        : available(pciAddressOf(readStruct(pci))),
    subgroupSize: positive(readStruct(subgroup).subgroupSize as number),
  };
}

function positive(value: number): Available<number> {
  return value > 0 ? available(value) : unavailable('the driver reports 0');
}

function formatUuid(bytes: readonly number[]): string {
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function pciAddressOf(info: Plain): string {
  const digits = (value: unknown, width: number): string =>
    (value as number).toString(16).padStart(width, '0');
  return `${digits(info.pciDomain, 4)}:${digits(info.pciBus, 2)}:${digits(info.pciDevice, 2)}.${digits(info.pciFunction, 1)}`;
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

function limitsOf(limits: Plain): DeviceLimits {
  const number = (name: string): number => Number(limits[name]);
  const triple = (name: string): [number, number, number] =>
    limits[name] as unknown as [number, number, number];
  return {
    maxStorageBufferRange: number('maxStorageBufferRange'),
    maxPushConstantsSize: number('maxPushConstantsSize'),
    maxMemoryAllocationCount: number('maxMemoryAllocationCount'),
    maxComputeSharedMemorySize: number('maxComputeSharedMemorySize'),
    maxComputeWorkGroupCount: triple('maxComputeWorkGroupCount'),
    maxComputeWorkGroupInvocations: number('maxComputeWorkGroupInvocations'),
    maxComputeWorkGroupSize: triple('maxComputeWorkGroupSize'),
    minStorageBufferOffsetAlignment: number('minStorageBufferOffsetAlignment'),
    nonCoherentAtomSize: number('nonCoherentAtomSize'),
    timestampPeriodNs: number('timestampPeriod'),
    timestampComputeAndGraphics: limits.timestampComputeAndGraphics as boolean,
  };
}

function listFeatures(instance: Instance, handle: bigint): readonly string[] {
  const features = struct('VkPhysicalDeviceFeatures', {});
  instance.commands.vkGetPhysicalDeviceFeatures(handle, features.memory);
  return Object.entries(readStruct(features))
    .filter(([, present]) => present === true)
    .map(([name]) => name);
}
