// Whether this machine has the memory that an operation takes in ordinary arrays and, on a software device, in buffers: a
// machine without it would end the process, and not with a reason.
import { availableMemoryBytes, type DeviceInfo, GuestmarkError } from 'guestmark';
import { mebibytes } from './memory-room.ts';

/** What an operation takes. */
interface MemoryNeed {
  /** In this process. */
  readonly ownBytes: number;
  /** On the device, and in memory that it shares with the CPU. */
  readonly deviceBytes: number;
}

/** @throws GuestmarkError (unsupported) where this machine has less available; a software device's memory is the machine's. */
export function requireMemory(name: string, { software }: DeviceInfo, need: MemoryNeed): void {
  const bytes = need.ownBytes + (software ? need.deviceBytes : 0);
  const there = availableMemoryBytes();
  if (bytes <= there) return;
  throw new GuestmarkError(
    'unsupported',
    `Cannot run ${name}: it takes ${mebibytes(bytes)} of this machine's memory and ${mebibytes(there)} are available`,
    { hint: 'lower the axis bytes' },
  );
}
