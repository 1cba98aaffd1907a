// Vulkan devices as their attachment is told from them, for tests of src/virt. The numbers are those of real products.
import { available } from '../../src/base/availability.ts';
import type { AttachmentSubject } from '../../src/virt/gpu-attachment.ts';

const GIB = 2 ** 30;

/** A Tesla T4 by NVIDIA's own driver (VkDriverId 4). */
export const NVIDIA: AttachmentSubject = {
  name: 'Tesla T4',
  software: false,
  type: 'discrete',
  vendorId: 0x10de,
  deviceId: 0x1eb8,
  driverId: available(4),
  pciAddress: available('0000:00:1e.0'),
  renderNode: available('226:128'),
  memoryHeaps: [
    { index: 0, bytes: 15 * GIB, deviceLocal: true },
    { index: 1, bytes: 12 * GIB, deviceLocal: false },
    { index: 2, bytes: 246 * 2 ** 20, deviceLocal: true },
  ],
  memoryTypes: [
    { heapIndex: 0, deviceLocal: true, hostVisible: false },
    { heapIndex: 1, deviceLocal: false, hostVisible: true },
    { heapIndex: 2, deviceLocal: true, hostVisible: true },
  ],
};
