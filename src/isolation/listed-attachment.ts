// How a device that another process listed is attached to this machine: its driver was asked there, and here it is judged, so that
// who waits for drivers waits for nothing else.
import { unavailable } from '../base/availability.ts';
import { ownValue } from '../base/own-value.ts';
import type { GpuAttachment } from '../virt/gpu-attachment.ts';
import { judgeAttachment } from '../virt/judge-attachment.ts';
import type { Machine } from '../virt/machine.ts';
import type { VirtualizationInfo } from '../virt/system-info.ts';
import { attachmentSubject } from './attachment-subject.ts';
import type { ListedDevice } from './protocol.ts';

/** Judges one device. Runs no native code. */
export function listedAttachment(
  { device, driverModes }: ListedDevice,
  machine: Machine,
  virtualization: VirtualizationInfo,
): GpuAttachment {
  const driverMode: Machine['driverMode'] = (address) =>
    ownValue(driverModes, address) ?? unavailable(`no driver was asked for the device at ${address}`);
  return judgeAttachment(attachmentSubject(device), { ...machine, driverMode }, virtualization);
}
