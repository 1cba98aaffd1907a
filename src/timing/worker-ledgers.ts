// The ledgers of other threads of this process: the workers of a software device, on whose CPUs the "device"
// computes. Read outside of every timed region. The CPU time of a thread that runs on another CPU is up to a tick
// old in schedstat, so it is read from the thread's clock where that can be had.
import { type BlockedSplit, type SwitchBias, splitBlocked } from './blocked-split.ts';
import { RATE_ERROR } from './clock.ts';
import { openLibc } from './libc.ts';
import { emptyOffCpu, type OffCpu, type OffCpuLedger, openOffCpuLedger } from './off-cpu.ts';
import { bindClock } from './snapshot-koffi.ts';
import { openThreadSwitchRing, type SwitchRing } from './switch-ring.ts';
import { openThreadSchedstat, type Schedstat, type ThreadSchedstat } from './thread-schedstat.ts';

/** All workers at one instant, preallocated. */
export interface WorkerReading {
  /** When each worker was read: CLOCK_MONOTONIC in ns, on the scale of {@link WorkerSources.nowNs}. */
  readonly wallNs: Float64Array;
  readonly stats: readonly Schedstat[];
  /** Context switches since the reading before, by worker; null where they are not recorded. */
  readonly offCpu: readonly (OffCpu | null)[];
}

/** Reads the ledgers of the workers that it knows of. */
export interface WorkerLedgers extends Disposable {
  /** The threads whose ledgers are read. */
  threadIds(): readonly number[];
  /** Looks for workers again: drivers start some of them with the first dispatch. Earlier readings are void then. */
  rescan(): void;
  /** Follows nobody until the next rescan: recording the switches of a worker makes each of them a little slower. */
  release(): void;
  /** Says that a thread, which may be found later, is no worker: call it before the next `rescan`. */
  leaveOut(threadId: number): void;
  newReading(): WorkerReading;
  /** Overwrites `into`. A worker that has ended keeps its last values. */
  read(into: WorkerReading): void;
}

/** Where the workers' times come from. */
export interface WorkerSources {
  /** The threads to follow; one that is gone already is left out. */
  readonly find: () => readonly number[];
  /** CLOCK_MONOTONIC in ns since boot, as context switches are stamped. */
  readonly nowNs: () => number;
  /** Whether to record context switches, where the system allows it. */
  readonly switches: boolean;
  /** Whether nobody is followed before the first rescan. Default no. */
  readonly later?: boolean;
}

/** A submission makes a worker switch some ten times; 512 records are enough, and all a user may have for many. */
const PAGES = 4;

interface Worker {
  readonly id: number;
  readonly file: ThreadSchedstat;
  /** The last figures of it. */
  readonly last: Schedstat;
  readonly ring: SwitchRing | null;
  readonly ledger: OffCpuLedger;
  /** CPU time of the thread up to now, in ns; null where only schedstat has it. */
  readonly cpuNs: (() => number) | null;
}

/** Opens the ledgers of the workers that there are now, or will be at the first rescan. */
export function openWorkerLedgers(sources: WorkerSources): WorkerLedgers {
  let workers: readonly Worker[] = [];
  const others: number[] = [];
  const rescan = (): void => {
    const known = new Set([...others, ...workers.map(({ id }) => id)]);
    const found = sources.find().filter((id) => !known.has(id));
    workers = [...workers, ...found.flatMap((id) => openWorker(id, sources) ?? [])];
  };
  const release = (): void => {
    for (const { file, ring } of workers) {
      file[Symbol.dispose]();
      ring?.[Symbol.dispose]();
    }
    workers = [];
  };
  if (sources.later !== true) rescan();
  return {
    threadIds: () => workers.map(({ id }) => id),
    rescan,
    release,
    leaveOut: (threadId) => void others.push(threadId),
    newReading: () => ({
      wallNs: new Float64Array(workers.length),
      stats: workers.map(() => ({ cpuNs: 0, runQueueNs: 0, timeslices: 0 })),
      offCpu: workers.map(({ ring }) => (ring === null ? null : emptyOffCpu())),
    }),
    read: (into) => {
      for (let i = 0; i < workers.length; i++) readWorker(workers[i] as Worker, i, sources.nowNs(), into);
    },
    [Symbol.dispose]: release,
  };
}

function openWorker(id: number, { nowNs, switches }: WorkerSources): Worker | undefined {
  const file = openThreadSchedstat(`/proc/self/task/${id}/schedstat`);
  if (!file.available) return undefined;
  const ring = switches ? openThreadSwitchRing({ threadId: id, pages: PAGES }) : null;
  const libc = openLibc();
  return {
    id,
    file: file.value,
    last: { cpuNs: 0, runQueueNs: 0, timeslices: 0 },
    ring: ring?.available === true ? ring.value : null,
    ledger: openOffCpuLedger(nowNs()),
    cpuNs: libc.available ? bindClock(libc.value, threadClock(id), 0) : null,
  };
}

/** The CPU clock of another thread, as pthread_getcpuclockid(3) makes it: ~id, and "of one thread, by the scheduler". */
function threadClock(id: number): number {
  return (~id << 3) | 6;
}

/** The file of a thread that ended cannot be read any more (ESRCH): what it was last stays true. */
function readWorker(worker: Worker, index: number, atNs: number, into: WorkerReading): void {
  const { last } = worker;
  try {
    worker.file.read(last);
    if (worker.cpuNs !== null) last.cpuNs = worker.cpuNs();
  } catch {
    // It ended.
  }
  into.wallNs[index] = atNs;
  const stat = into.stats[index] as Schedstat;
  stat.cpuNs = last.cpuNs;
  stat.runQueueNs = last.runQueueNs;
  stat.timeslices = last.timeslices;
  const span = into.offCpu[index] ?? null;
  if (worker.ring !== null && span !== null) worker.ledger.endSpan(atNs, worker.ring.drain, span);
}

/** What the workers did between two readings, in ns. */
export interface WorkerTimes {
  /** Of the worker that computed most. */
  readonly busiestCpuNs: number;
  /** Of all workers. */
  readonly cpuNs: number;
  readonly runQueueNs: number;
  /** Steal that certainly delayed the last worker's end. 0 where switches are not recorded. */
  readonly delayLowNs: number;
  /** The time between the two readings; the longest of any worker. */
  readonly spanNs: number;
}

/** Adds up what happened between two readings of the same ledgers, one directly after the other. */
export function workerTimes(from: WorkerReading, to: WorkerReading, bias: SwitchBias | null): WorkerTimes {
  const spans = to.stats.map((_, index) => spanOf(from, to, index, bias));
  const sum = (pick: (span: WorkerSpan) => number): number =>
    spans.reduce((total, span) => total + pick(span), 0);
  const most = (pick: (span: WorkerSpan) => number): number => Math.max(0, ...spans.map(pick));
  return {
    busiestCpuNs: most(({ cpuNs }) => cpuNs),
    cpuNs: sum(({ cpuNs }) => cpuNs),
    runQueueNs: sum(({ runQueueNs }) => runQueueNs),
    delayLowNs: certainDelayNs(spans),
    spanNs: most(({ wallNs }) => wallNs),
  };
}

/** One worker between two readings. */
interface WorkerSpan extends Schedstat {
  readonly wallNs: number;
  readonly split: BlockedSplit | null;
}

function spanOf(from: WorkerReading, to: WorkerReading, index: number, bias: SwitchBias | null): WorkerSpan {
  const spent = difference(from.stats[index] as Schedstat, to.stats[index] as Schedstat);
  const wallNs = (to.wallNs[index] as number) - (from.wallNs[index] as number);
  const offCpu = to.offCpu[index] ?? null;
  if (offCpu === null || bias === null) return { ...spent, wallNs, split: null };
  // Both clocks are CLOCK_MONOTONIC, which may run faster than the scheduler's.
  const split = splitBlocked({ wallNs, ...spent }, { offCpu, bias, rateError: RATE_ERROR.CLOCK_MONOTONIC });
  return { ...spent, wallNs, split: split.available ? split.value : null };
}

/**
 * Steal of one worker that nothing can have hidden: it may have slept less instead (B), and all that the other workers
 * did may have made up for it, or have taken as long.
 *
 *     max_i (S_i − B_i − Σ_{j ≠ i} (W − B_j))
 */
function certainDelayNs(spans: readonly WorkerSpan[]): number {
  const busyNs = spans.map(mostBusyNs);
  const allBusyNs = busyNs.reduce((sum, ns) => sum + ns, 0);
  return spans.reduce((most, span, i) => {
    if (span.split === null) return most;
    const stealNs = span.split.stealLowNs - RATE_ERROR.CLOCK_MONOTONIC * span.wallNs;
    const asleepNs = Math.max(0, span.wallNs - span.cpuNs - span.runQueueNs - stealNs);
    return Math.max(most, stealNs - asleepNs - (allBusyNs - (busyNs[i] as number)));
  }, 0);
}

/** The most that a worker can have been awake. One that was never put on a CPU slept. */
function mostBusyNs({ wallNs, cpuNs, runQueueNs, timeslices, split }: WorkerSpan): number {
  if (split !== null) return Math.max(0, cpuNs + runQueueNs + split.stealHighNs);
  return timeslices === 0 && cpuNs === 0 ? 0 : wallNs;
}

function difference(from: Schedstat, to: Schedstat): Schedstat {
  return {
    cpuNs: to.cpuNs - from.cpuNs,
    runQueueNs: to.runQueueNs - from.runQueueNs,
    timeslices: to.timeslices - from.timeslices,
  };
}
