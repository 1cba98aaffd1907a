// A placeholder on the work branch only, so that the parts can be built beside each other.
// Whoever builds this part replaces the whole file.
import { unavailable } from '../base/availability.ts';
import type { AttachmentSubject, GpuAttachment } from './gpu-attachment.ts';
import type { Machine } from './machine.ts';
import type { VirtualizationInfo } from './system-info.ts';

/** How a device is attached to this machine. */
export function judgeAttachment(
  _subject: AttachmentSubject,
  _machine: Machine,
  _virtualization: Pick<VirtualizationInfo, 'virtual' | 'hypervisor'>,
): GpuAttachment {
  const reason = unavailable('not built yet');
  return { kind: reason, evidence: [], contradictions: [], profile: reason, pci: reason };
}
