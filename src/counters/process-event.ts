// One event counted for all threads of this process: for each that there is, and for those that they start. The kernel has no
// such event itself. Knows nothing of which events there are.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { Libc } from '../timing/libc.ts';
import { isDenied } from '../timing/perf-call.ts';
import {
  openPerfCounter,
  type PerfCounter,
  type PerfEventId,
  type PerfReading,
} from '../timing/perf-counter.ts';

/** An open event. */
export interface ProcessEvent extends Disposable {
  /** Whether only what happens in user mode is counted, because this process may not see more. */
  readonly userOnly: boolean;
  /** Since the opening; scaled up where the kernel shared the counter out among events. */
  read(): Available<number>;
}

/** Opens an event for these threads, or gives the name of the error: `ENOENT`. */
export function openProcessEvent(
  libc: Libc,
  event: PerfEventId,
  threadIds: readonly number[],
): ProcessEvent | string {
  const all = openForThreads(libc, event, threadIds, false);
  if (typeof all !== 'string') return sumOf(all, false);
  if (!isDenied(all)) return all;
  const user = openForThreads(libc, event, threadIds, true);
  return typeof user === 'string' ? user : sumOf(user, true);
}

function openForThreads(
  libc: Libc,
  event: PerfEventId,
  threadIds: readonly number[],
  userOnly: boolean,
): readonly PerfCounter[] | string {
  const counters: PerfCounter[] = [];
  for (const threadId of threadIds) {
    const opened = openPerfCounter(libc, event, { threadId, inherit: true, userOnly });
    // A thread may end between the listing and this.
    if (opened === 'ESRCH') continue;
    if (typeof opened !== 'string') counters.push(opened);
    else {
      disposeAll(counters);
      return opened;
    }
  }
  return counters.length === 0 ? 'ESRCH' : counters;
}

function sumOf(counters: readonly PerfCounter[], userOnly: boolean): ProcessEvent {
  const sums = counters.map(beginSum);
  return {
    userOnly,
    read: () => {
      let sum = 0;
      for (const read of sums) sum += read();
      return Number.isNaN(sum)
        ? unavailable('for a time it was not counted at all: other events held the counters of the CPU')
        : available(sum);
    },
    [Symbol.dispose]: () => disposeAll(counters),
  };
}

function disposeAll(counters: readonly PerfCounter[]): void {
  for (const counter of counters) counter[Symbol.dispose]();
}

const NOTHING: PerfReading = { count: 0, enabledNs: 0, runningNs: 0 };

/** Adds up what was counted between readings, each part scaled by its own share; NaN once a part is unknown. */
function beginSum(counter: PerfCounter): () => number {
  let [last, sum] = [NOTHING, 0];
  return () => {
    const now = counter.read();
    sum += scaledGrowth(last, now);
    last = now;
    return sum;
  };
}

/**
 * Δcount · Δenabled / Δrunning (perf_event_open(2)): an estimate where the event shared a counter of the CPU, else exact.
 *
 * @returns NaN where it was wanted and never ran.
 */
export function scaledGrowth(before: PerfReading, after: PerfReading): number {
  const growth = after.count - before.count;
  const enabledNs = after.enabledNs - before.enabledNs;
  const runningNs = after.runningNs - before.runningNs;
  if (runningNs >= enabledNs) return growth;
  return runningNs > 0 ? Math.round((growth * enabledNs) / runningNs) : Number.NaN;
}
