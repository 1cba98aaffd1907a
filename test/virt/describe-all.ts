// A machine described as `guestmark system` does it, with the attachment of the devices that were seen on it.
import { valueOrUndefined } from '../../src/base/availability.ts';
import { describeSystem } from '../../src/virt/describe-system.ts';
import type { AttachmentSubject, GpuAttachment } from '../../src/virt/gpu-attachment.ts';
import { judgeAttachment } from '../../src/virt/judge-attachment.ts';
import type { Machine } from '../../src/virt/machine.ts';
import type { RecordedMachine } from '../../src/virt/open-machine.ts';
import type { SystemInfo } from '../../src/virt/system-info.ts';

/** The description of a machine, and of these devices on it. */
export function describeAll(
  machine: Machine,
  subjects: readonly AttachmentSubject[],
): { readonly system: SystemInfo; readonly attachments: readonly GpuAttachment[] } {
  const system = describeSystem(machine);
  const attachments = subjects.map((subject) => judgeAttachment(subject, machine, system.virtualization));
  return { system, attachments };
}

/** The devices of a recording; none where nobody looked. */
export function subjectsOf({ devices }: RecordedMachine): readonly AttachmentSubject[] {
  return valueOrUndefined(devices) ?? [];
}
