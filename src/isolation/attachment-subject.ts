// What of a Vulkan device its attachment is judged by. Between src/vulkan and src/virt, which do not know each other.
import type { AttachmentSubject } from '../virt/gpu-attachment.ts';
import { plainSubject } from '../virt/plain-subject.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';

/** The parts of a device that tell of its attachment; nothing that it need not carry into a recording. */
export function attachmentSubject(device: DeviceInfo): AttachmentSubject {
  return plainSubject({ ...device, driverId: device.driver.id });
}
