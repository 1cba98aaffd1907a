// Every clock that a process can read on any machine: one line each. What belongs to the accounts of the kernel
// (files of /proc and /sys, events) is in account-sources.ts.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import { emptyBrief, type SnapshotClock } from './clock.ts';
import type { ClockSource, OpenedSource } from './clock-source.ts';
import { CLOCK, type Libc, openLibc, RUSAGE_THREAD } from './libc.ts';
import { openStampClock } from './open-stamp-clock.ts';
import { bindClock, openKoffiSnapshotClock } from './snapshot-koffi.ts';
import { bindHrtime, openPureSnapshotClock } from './snapshot-pure.ts';

const NANOSECOND: Available<number> = available(1);
/** The kernel keeps these in ns and shows them in struct timeval. */
const MICROSECOND: Available<number> = available(1e3);

/** The clocks of this process, cheap ones first. */
export const CLOCK_SOURCES: readonly ClockSource[] = [
  {
    name: 'performance.now',
    scope: 'machine',
    counts: 'CLOCK_MONOTONIC since the process began, in ms',
    open: () => available({ read: () => performance.now() * 1e6, statedResolutionNs: NANOSECOND }),
  },
  {
    name: 'process.hrtime',
    scope: 'machine',
    counts: 'CLOCK_MONOTONIC, slewed by the time daemon',
    open: () => available({ read: bindHrtime(), statedResolutionNs: NANOSECOND }),
  },
  koffiClock('CLOCK_MONOTONIC', CLOCK.MONOTONIC, 'machine', 'time since boot, slewed by the time daemon'),
  koffiClock('CLOCK_MONOTONIC_RAW', CLOCK.MONOTONIC_RAW, 'machine', 'time since boot, never slewed'),
  koffiClock('CLOCK_THREAD_CPUTIME_ID', CLOCK.THREAD_CPUTIME_ID, 'thread', 'CPU time of the thread, C'),
  {
    name: 'getrusage(THREAD)',
    scope: 'thread',
    counts: 'CPU time of the thread, and its context switches',
    open: () => mapAvailable(openLibc(), threadUsage),
  },
  {
    name: 'process.resourceUsage',
    scope: 'process',
    counts: 'CPU time of all threads, and their context switches',
    open: () => available({ read: processCpuNs, statedResolutionNs: MICROSECOND }),
  },
  {
    name: 'stamp',
    scope: 'machine',
    counts: 'one CLOCK_MONOTONIC inside a sample',
    open: () =>
      mapAvailable(openStampClock(), ({ nowNs }) => ({ read: nowNs, statedResolutionNs: NANOSECOND })),
  },
  {
    name: 'pure-Node snapshot',
    scope: 'thread',
    counts: 'CLOCK_MONOTONIC, C, R and switches at one instant',
    open: () => available(snapshots(openPureSnapshotClock())),
  },
  {
    name: 'koffi snapshot',
    scope: 'thread',
    counts: 'CLOCK_MONOTONIC_RAW, C, R and switches at one instant',
    open: () => mapAvailable(openKoffiSnapshotClock(), snapshots),
  },
  {
    name: 'koffi brief reading',
    scope: 'thread',
    counts: 'CLOCK_MONOTONIC_RAW, C and switches in the middle of a sample',
    open: () => mapAvailable(openKoffiSnapshotClock(), briefReadings),
  },
];

function koffiClock(name: string, clock: number, scope: ClockSource['scope'], counts: string): ClockSource {
  return {
    name,
    scope,
    counts,
    open: () =>
      mapAvailable(openLibc(), (libc) => ({
        read: bindClock(libc, clock),
        statedResolutionNs: resolutionOf(libc, clock),
      })),
  };
}

/** What clock_getres(2) promises. */
function resolutionOf(libc: Libc, clock: number): Available<number> {
  const timespec = new Int32Array(new ArrayBuffer(16));
  const status = libc.clockGetres(clock, libc.addressOf(timespec.buffer));
  if (status !== 0) return unavailable('clock_getres refuses this clock');
  return available((timespec[0] as number) * 1e9 + (timespec[2] as number));
}

const RUSAGE_BYTES = 144;

/** The sum of ru_utime and ru_stime: two struct timeval { int64 seconds; int64 microseconds }. */
function threadUsage(libc: Libc): OpenedSource {
  const usage = new Uint32Array(new ArrayBuffer(RUSAGE_BYTES));
  const address = libc.addressOf(usage.buffer);
  const word = (index: number): number => usage[index] as number;
  return {
    read: () => {
      libc.getrusage(RUSAGE_THREAD, address);
      return (word(0) + word(4)) * 1e9 + (word(2) + word(6)) * 1e3;
    },
    statedResolutionNs: MICROSECOND,
  };
}

function processCpuNs(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return (userCPUTime + systemCPUTime) * 1e3;
}

function briefReadings(clock: SnapshotClock): OpenedSource {
  const into = emptyBrief();
  return {
    read: () => {
      clock.takeBrief(into);
      return into.wallNs;
    },
    statedResolutionNs: NANOSECOND,
    close: () => clock[Symbol.dispose](),
  };
}

/** A snapshot as a source: its steps are those of its wall time. */
function snapshots(clock: SnapshotClock): OpenedSource {
  const into = clock.newSnapshot();
  return {
    read: () => {
      clock.take(into);
      return into.wallNs;
    },
    statedResolutionNs: NANOSECOND,
    close: () => clock[Symbol.dispose](),
  };
}
