// Chooses the best snapshot clock that this process can have, and keeps the reason where it had to
// settle for less: the report says which clock gave the numbers.
import type { Available } from '../base/availability.ts';
import type { SnapshotClock } from './clock.ts';
import { openKoffiSnapshotClock } from './snapshot-koffi.ts';
import { openPureSnapshotClock } from './snapshot-pure.ts';

/** A clock, and why it is not the precise one. */
export interface OpenedSnapshotClock {
  readonly clock: SnapshotClock;
  /** Why the koffi clock was not used; absent when it was, or when it was not asked for. */
  readonly fallbackReason?: string;
}

/** Which clock to open. */
export interface SnapshotClockChoice {
  /** `auto` takes koffi where it works. Default `auto`. */
  readonly prefer?: 'auto' | 'pure-node';
}

/** Opens the best snapshot clock of the calling thread. Call it on the thread that will be measured. */
export function openSnapshotClock(
  choice: SnapshotClockChoice = {},
  openPrecise: () => Available<SnapshotClock> = openKoffiSnapshotClock,
): OpenedSnapshotClock {
  if (choice.prefer === 'pure-node') return { clock: openPureSnapshotClock() };
  const precise = openPrecise();
  if (precise.available) return { clock: precise.value };
  return { clock: openPureSnapshotClock(), fallbackReason: precise.reason };
}
