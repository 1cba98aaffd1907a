// What of a Vulkan device its attachment is told from, and nothing else of it: that goes into recordings, which strangers get.
// Knows no Vulkan: whoever has a device of it brings these parts.
import type { AttachmentSubject } from './gpu-attachment.ts';

/** A copy of these parts alone: the rest names the very device. */
export function plainSubject(device: AttachmentSubject): AttachmentSubject {
  return {
    name: device.name,
    software: device.software,
    type: device.type,
    vendorId: device.vendorId,
    deviceId: device.deviceId,
    driverId: device.driverId,
    pciAddress: device.pciAddress,
    renderNode: device.renderNode,
    memoryHeaps: device.memoryHeaps.map(({ index, bytes, deviceLocal }) => ({ index, bytes, deviceLocal })),
    memoryTypes: device.memoryTypes.map(({ heapIndex, deviceLocal, hostVisible }) => ({
      heapIndex,
      deviceLocal,
      hostVisible,
    })),
  };
}
