// The snapshot without any add-on: process.hrtime around process.resourceUsage. That call is not
// only read for its counts: it makes the kernel bring the running thread's CPU time up to date
// (thread_group_cputime), without which schedstat's first field is up to a tick old.
import { type Available, mapAvailable } from '../base/availability.ts';
import {
  type BriefReading,
  type ClockTraits,
  emptySnapshot,
  RATE_ERROR,
  type SnapshotClock,
} from './clock.ts';
import { type ReadOnce, takeNarrowest } from './snapshot-retry.ts';
import {
  openThreadSchedstat,
  SCHEDSTAT_PATH,
  type Schedstat,
  type ThreadSchedstat,
} from './thread-schedstat.ts';

/** Opens the pure-Node clock of the calling thread. Always possible; what is missing is in its traits. */
export function openPureSnapshotClock(
  schedstat: Available<ThreadSchedstat> = openThreadSchedstat(),
): SnapshotClock {
  const readOnce = schedstat.available ? withSchedstat(schedstat.value) : withoutSchedstat();
  return {
    name: 'pure-node',
    ...pureTraits(schedstat),
    newSnapshot: emptySnapshot,
    take: takeNarrowest(readOnce),
    takeBrief: briefly(readOnce),
    [Symbol.dispose]: () => {
      if (schedstat.available) schedstat.value[Symbol.dispose]();
    },
  };
}

function pureTraits(schedstat: Available<ThreadSchedstat>): ClockTraits {
  return {
    wallClock: 'CLOCK_MONOTONIC',
    rateError: RATE_ERROR.CLOCK_MONOTONIC,
    cpuScope: schedstat.available ? 'thread' : 'process',
    switchScope: 'process',
    runQueue: mapAvailable(schedstat, () => SCHEDSTAT_PATH),
  };
}

function withSchedstat(schedstat: ThreadSchedstat): ReadOnce {
  const nowNs = bindHrtime();
  const before: Schedstat = { cpuNs: 0, runQueueNs: 0, timeslices: 0 };
  const after: Schedstat = { cpuNs: 0, runQueueNs: 0, timeslices: 0 };
  return (into) => {
    schedstat.read(before);
    const startNs = nowNs();
    const usage = process.resourceUsage();
    const endNs = nowNs();
    schedstat.read(after);
    into.wallNs = (startNs + endNs) / 2;
    // A timer tick up to the last read moves the CPU time on, so the instant may be as late as now.
    into.widthNs = 2 * (nowNs() - into.wallNs);
    into.cpuNs = after.cpuNs;
    into.runQueueNs = after.runQueueNs;
    into.timeslices = after.timeslices;
    into.voluntarySwitches = usage.voluntaryContextSwitches;
    into.involuntarySwitches = usage.involuntaryContextSwitches;
    return before.timeslices === after.timeslices;
  };
}

/** There is nothing quicker than a whole reading: the CPU time comes from the file that has the rest. */
function briefly(readOnce: ReadOnce): (into: BriefReading) => void {
  const whole = emptySnapshot();
  return (into) => {
    readOnce(whole);
    into.wallNs = whole.wallNs;
    into.cpuNs = whole.cpuNs;
    into.voluntarySwitches = whole.voluntarySwitches;
    into.widthNs = whole.widthNs;
  };
}

/** CPU time of the whole process, with the microsecond that getrusage gives. */
function withoutSchedstat(): ReadOnce {
  const nowNs = bindHrtime();
  return (into) => {
    const startNs = nowNs();
    const usage = process.resourceUsage();
    const endNs = nowNs();
    into.wallNs = (startNs + endNs) / 2;
    into.widthNs = endNs - startNs;
    into.cpuNs = (usage.userCPUTime + usage.systemCPUTime) * 1e3;
    into.voluntarySwitches = usage.voluntaryContextSwitches;
    into.involuntarySwitches = usage.involuntaryContextSwitches;
    return true;
  };
}

/** process.hrtime as one number: ns since the second in which it was bound. */
export function bindHrtime(epochSeconds: number = process.hrtime()[0]): () => number {
  return () => {
    const [seconds, nanoseconds] = process.hrtime();
    return (seconds - epochSeconds) * 1e9 + nanoseconds;
  };
}
