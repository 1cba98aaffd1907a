// What of a Vulkan device its attachment is judged by, and the judgement on this machine. Between src/vulkan and src/virt, which
// do not know each other.
import type { AttachmentSubject, GpuAttachment } from '../virt/gpu-attachment.ts';
import { judgeAttachment } from '../virt/judge-attachment.ts';
import type { Machine } from '../virt/machine.ts';
import { thisMachine } from '../virt/open-machine.ts';
import { describeVirtualization } from '../virt/virtualization.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';

/** The parts of a device that tell of its attachment; nothing that it need not carry into a recording. */
export function attachmentSubject(device: DeviceInfo): AttachmentSubject {
  return {
    name: device.name,
    software: device.software,
    type: device.type,
    vendorId: device.vendorId,
    deviceId: device.deviceId,
    driverId: device.driver.id,
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

/** Tells how a device is attached to this machine. Asks vendors' libraries: for a process that may crash. */
export function attachmentJudge(machine: Machine = thisMachine()): (device: DeviceInfo) => GpuAttachment {
  const virtualization = describeVirtualization(machine);
  return (device) => judgeAttachment(attachmentSubject(device), machine, virtualization);
}
