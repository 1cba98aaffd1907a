// What of a Vulkan device its attachment is judged by, and the judgement on this machine. Between src/vulkan and src/virt, which
// do not know each other.
import type { AttachmentSubject, GpuAttachment } from '../virt/gpu-attachment.ts';
import { judgeAttachment } from '../virt/judge-attachment.ts';
import type { Machine } from '../virt/machine.ts';
import { thisMachine } from '../virt/open-machine.ts';
import { plainSubject } from '../virt/plain-subject.ts';
import { describeVirtualization } from '../virt/virtualization.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';

/** The parts of a device that tell of its attachment; nothing that it need not carry into a recording. */
export function attachmentSubject(device: DeviceInfo): AttachmentSubject {
  return plainSubject({ ...device, driverId: device.driver.id });
}

/** Tells how a device is attached to this machine. Asks vendors' libraries: for a process that may crash. */
export function attachmentJudge(machine: Machine = thisMachine()): (device: DeviceInfo) => GpuAttachment {
  const virtualization = describeVirtualization(machine);
  return (device) => judgeAttachment(attachmentSubject(device), machine, virtualization);
}
