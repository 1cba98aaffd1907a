// Descriptions of devices for tests of reports: a GPU, and the software device that every test machine has.
import { available, unavailable } from '../../src/base/availability.ts';
import type { DeviceInfo } from '../../src/vulkan/device-info.ts';

/** A GPU. */
export function deviceInfo(changes: Partial<DeviceInfo> = {}): DeviceInfo {
  return {
    index: 0,
    name: 'Example GPU 9000',
    type: 'discrete-gpu',
    software: false,
    vendorId: 0x10de,
    deviceId: 0x2330,
    apiVersion: '1.3.277',
    driver: {
      id: available(4),
      name: available('EXAMPLE'),
      info: available('550.54.15'),
      version: 2307162048,
    },
    uuid: available('00112233-4455-6677-8899-aabbccddeeff'),
    pciAddress: available('0000:01:00.0'),
    renderNode: available('226:128'),
    subgroupSize: available(32),
    subgroupOperations: available(['basic', 'vote', 'arithmetic', 'ballot', 'shuffle']),
    subgroupsInCompute: available(true),
    floatControls: ['shaderDenormPreserveFloat32'],
    cooperativeMatrices: unavailable('the device lacks VK_KHR_cooperative_matrix'),
    queueFamilies: [
      { index: 0, queueCount: 16, graphics: true, compute: true, transfer: true, timestampValidBits: 64 },
      { index: 1, queueCount: 1, graphics: false, compute: false, transfer: true, timestampValidBits: 0 },
    ],
    memoryHeaps: [
      { index: 0, bytes: 80 * 2 ** 30, deviceLocal: true },
      { index: 1, bytes: 128 * 2 ** 30, deviceLocal: false },
    ],
    memoryTypes: [
      {
        index: 0,
        heapIndex: 0,
        deviceLocal: true,
        hostVisible: false,
        hostCoherent: false,
        hostCached: false,
      },
    ],
    limits: {
      maxImageDimension1D: 32768,
      maxImageDimension2D: 32768,
      maxImageDimension3D: 16384,
      maxUniformBufferRange: 65536,
      maxStorageBufferRange: 4294967295,
      maxPushConstantsSize: 256,
      maxMemoryAllocationCount: 4096,
      maxBoundDescriptorSets: 32,
      maxPerStageDescriptorUniformBuffers: 1048576,
      maxPerStageDescriptorStorageBuffers: 1048576,
      maxPerStageDescriptorStorageImages: 1048576,
      maxPerStageResources: 4294967295,
      maxComputeSharedMemorySize: 49152,
      maxComputeWorkGroupCount: [2147483647, 65535, 65535],
      maxComputeWorkGroupInvocations: 1024,
      maxComputeWorkGroupSize: [1024, 1024, 64],
      minStorageBufferOffsetAlignment: 16,
      nonCoherentAtomSize: 64,
      timestampPeriodNs: 1,
      timestampComputeAndGraphics: true,
    },
    features: ['shaderFloat64'],
    extensions: ['VK_EXT_calibrated_timestamps'],
    ...changes,
  };
}

/** The device that every test machine has. */
export function softwareDevice(): DeviceInfo {
  return deviceInfo({
    name: 'llvmpipe (LLVM 15.0.6, 256 bits)',
    type: 'cpu',
    software: true,
    driver: { id: available(13), name: available('llvmpipe'), info: available('Mesa 22.3.6'), version: 1 },
    pciAddress: unavailable('not on a PCI bus'),
    renderNode: unavailable('the device lacks VK_EXT_physical_device_drm'),
  });
}
