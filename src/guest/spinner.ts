// The entry point of a process that computes on one CPU until it is killed: at idle priority it only keeps the CPU from
// idling, at normal priority it contends for it. A process and no thread, so that nobody's CPU time contains it.

import type { Available } from '../base/availability.ts';
import { available, unavailable } from '../base/availability.ts';
import { dieWithParent } from '../timing/die-with-parent.ts';
import { openLibc, SCHED_IDLE } from '../timing/libc.ts';
import { moveThread } from '../timing/pinning.ts';

/** What a spinner is for. */
export type SpinnerKind = 'idle' | 'normal';

/** What it says before it spins. */
export type SpinnerWord = Available<number>;

const [kind, cpu, parent] = process.argv.slice(2);
const word = prepared(kind as SpinnerKind, Number(cpu));
process.send?.(word, () => {
  // Who cannot spin has nothing left to do, and ends; so does who lost its parent before the kernel was asked to watch it.
  if (word.available && process.ppid === Number(parent)) for (;;);
});

function prepared(wanted: SpinnerKind, where: number): SpinnerWord {
  // Spinning, it would not notice that its parent is gone.
  if (!dieWithParent()) return unavailable('the kernel does not tie it to its parent');
  const placed = moveThread(where);
  if (!placed.available || wanted === 'normal') return placed;
  const libc = openLibc();
  if (!libc.available) return libc;
  const priority = new Int32Array(new ArrayBuffer(4));
  const status = libc.value.schedSetscheduler(0, SCHED_IDLE, libc.value.addressOf(priority.buffer));
  priority[0] = 0;
  return status === 0 ? available(where) : unavailable('sched_setscheduler refuses SCHED_IDLE');
}
