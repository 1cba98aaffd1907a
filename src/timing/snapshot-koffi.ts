// The precise snapshot: CLOCK_MONOTONIC_RAW around CLOCK_THREAD_CPUTIME_ID, run-queue wait from the
// thread's schedstat, switch counts from getrusage(RUSAGE_THREAD). Allocates nothing per snapshot.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import { type BriefReading, emptySnapshot, RATE_ERROR, type SnapshotClock } from './clock.ts';
import { CLOCK, type Libc, openLibc, RUSAGE_THREAD } from './libc.ts';
import { type ReadOnce, takeNarrowest } from './snapshot-retry.ts';
import {
  openThreadSchedstat,
  parseSchedstat,
  SCHEDSTAT_BYTES,
  SCHEDSTAT_PATH,
  type Schedstat,
  type ThreadSchedstat,
} from './thread-schedstat.ts';

/** Opens the koffi clock of the calling thread, or says why it cannot be had. */
export function openKoffiSnapshotClock(): Available<SnapshotClock> {
  const libc = openLibc();
  if (!libc.available) return libc;
  const schedstat = openThreadSchedstat();
  const readers = bindReaders(libc.value, schedstat);
  if (!readers.rusageWorks()) {
    if (schedstat.available) schedstat.value[Symbol.dispose]();
    return unavailable('getrusage(RUSAGE_THREAD) is refused by this system');
  }
  return available({
    name: 'koffi',
    wallClock: 'CLOCK_MONOTONIC_RAW',
    rateError: RATE_ERROR.CLOCK_MONOTONIC_RAW,
    cpuScope: 'thread',
    switchScope: 'thread',
    runQueue: mapAvailable(schedstat, () => SCHEDSTAT_PATH),
    newSnapshot: emptySnapshot,
    take: takeNarrowest(readers.readOnce),
    takeBrief: readers.readBrief,
    [Symbol.dispose]: () => {
      if (schedstat.available) schedstat.value[Symbol.dispose]();
    },
  });
}

interface Readers {
  readonly readOnce: ReadOnce;
  readonly readBrief: (into: BriefReading) => void;
  rusageWorks(): boolean;
}

/** One reading, in the order that makes it consistent: slices, wall, cpu, wall, slices, switches. */
function bindReaders(libc: Libc, schedstat: Available<ThreadSchedstat>): Readers {
  const rawNs = bindClock(libc, CLOCK.MONOTONIC_RAW);
  const cpuNs = bindClock(libc, CLOCK.THREAD_CPUTIME_ID);
  const { readSwitches, readVoluntary } = bindSwitches(libc);
  const readStat = schedstat.available ? bindSchedstat(libc, schedstat.value.fd) : () => {};
  const before: Schedstat = { cpuNs: 0, runQueueNs: 0, timeslices: 0 };
  const after: Schedstat = { cpuNs: 0, runQueueNs: 0, timeslices: 0 };
  const readOnce: ReadOnce = (into) => {
    readStat(before);
    const startNs = rawNs();
    into.cpuNs = cpuNs();
    const endNs = rawNs();
    readStat(after);
    const steady = before.timeslices === after.timeslices;
    into.wallNs = (startNs + endNs) / 2;
    into.widthNs = steady ? endNs - startNs : 2 * (rawNs() - into.wallNs);
    into.runQueueNs = after.runQueueNs;
    into.timeslices = after.timeslices;
    readSwitches(into);
    into.cpu = libc.schedGetcpu();
    return steady;
  };
  const readBrief = (into: BriefReading): void => {
    const startNs = rawNs();
    into.cpuNs = cpuNs();
    const endNs = rawNs();
    into.wallNs = (startNs + endNs) / 2;
    into.widthNs = endNs - startNs;
    readVoluntary(into);
  };
  return { readOnce, readBrief, rusageWorks: () => readSwitches(emptySnapshot()) === 0 };
}

/** A clock as a function of no arguments, in ns since the second in which it was bound. */
export function bindClock(libc: Libc, clock: number, epochSeconds?: number): () => number {
  // struct timespec { int64 seconds; int64 nanoseconds }: the low words suffice for 68 years of uptime.
  const timespec = new Int32Array(new ArrayBuffer(16));
  const address = libc.addressOf(timespec.buffer);
  libc.clockGettime(clock, address);
  // Thread CPU time is compared with nothing outside its thread, so it may start at its own second too.
  const epoch = epochSeconds ?? (timespec[0] as number);
  return () => {
    libc.clockGettime(clock, address);
    return ((timespec[0] as number) - epoch) * 1e9 + (timespec[2] as number);
  };
}

function bindSchedstat(libc: Libc, fd: number): (into: Schedstat) => void {
  const bytes = new Uint8Array(new ArrayBuffer(SCHEDSTAT_BYTES));
  const address = libc.addressOf(bytes.buffer);
  return (into) => parseSchedstat(bytes, libc.pread(fd, address, SCHEDSTAT_BYTES, 0), into);
}

/** The 32-bit words of struct rusage that hold ru_nvcsw (byte 128) and ru_nivcsw (byte 136). */
const RUSAGE_BYTES = 144;
const NVCSW_WORD = 32;
const NIVCSW_WORD = 34;

interface SwitchReaders {
  readonly readSwitches: (into: SwitchCounts) => number;
  readonly readVoluntary: (into: Pick<SwitchCounts, 'voluntarySwitches'>) => void;
}

interface SwitchCounts {
  voluntarySwitches: number;
  involuntarySwitches: number;
}

function bindSwitches(libc: Libc): SwitchReaders {
  const usage = new Uint32Array(new ArrayBuffer(RUSAGE_BYTES));
  const address = libc.addressOf(usage.buffer);
  return {
    readSwitches: (into) => {
      const status = libc.getrusage(RUSAGE_THREAD, address);
      into.voluntarySwitches = usage[NVCSW_WORD] as number;
      into.involuntarySwitches = usage[NIVCSW_WORD] as number;
      return status;
    },
    readVoluntary: (into) => {
      libc.getrusage(RUSAGE_THREAD, address);
      into.voluntarySwitches = usage[NVCSW_WORD] as number;
    },
  };
}
