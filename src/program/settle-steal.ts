// Lets /proc/stat catch up. The kernel books the steal of a CPU at that CPU's timer ticks, and an idle CPU has none: the
// last theft from a program that has just ended would be missing. So every CPU is made to run for a tick.
import { setAffinity } from '../timing/affinity.ts';
import type { Libc } from '../timing/libc.ts';
import { spinNs } from '../timing/spin.ts';

/** More CPUs would take longer than most programs; a theft from one that was left out is late by one tick. */
const MOST_CPUS = 8;

/**
 * Computes for `tickNs` on each of the CPUs, the first {@link MOST_CPUS} of them, and returns to where the thread may
 * run otherwise.
 */
export function settleSteal(
  libc: Libc,
  cpus: readonly number[],
  home: readonly number[],
  tickNs: number,
): void {
  for (const cpu of cpus.slice(0, MOST_CPUS)) {
    // Refused where the CPU is not ours any more: then there is nothing to book either.
    if (setAffinity(libc, [cpu])) spinNs(tickNs);
  }
  setAffinity(libc, home);
}
