// Runs a program once and measures it. The order matters: clocks and counters, the start, looks until it ends, clocks,
// the last figures of its threads while it is a zombie, and only then its reaping and the counters that come late.
import { type Available, mapAvailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { setAffinity } from '../timing/affinity.ts';
import { type CaseSteal, caseSteal } from '../timing/case-steal.ts';
import { type CpuSteal, readCpuSteal, tickLength } from '../timing/cpu-steal.ts';
import type { TierVerdict } from '../timing/ledger-rules.ts';
import { CLOCK, type Libc } from '../timing/libc.ts';
import { bindClock } from '../timing/snapshot-koffi.ts';
import type { TreeSwitchRings } from '../timing/switch-ring.ts';
import type { ThrottlingSource } from '../timing/throttling.ts';
import { describeRun } from './describe-run.ts';
import { type FollowClocks, type FollowedProgram, followProgram, type Instant } from './follow-program.ts';
import type { OwnLedger, OwnParts, OwnReading } from './own-ledger.ts';
import type { ProgramRun } from './program-run.ts';
import type { RawRun } from './raw-run.ts';
import { settleSteal } from './settle-steal.ts';
import { type ProgramRequest, spawnProgram } from './spawn-program.ts';
import { reapProgram, watchExit } from './wait-program.ts';

/** What all runs share. */
export interface ProgramBench {
  readonly libc: Libc;
  readonly verdict: TierVerdict;
  /** Opened by this thread, following from the fork on; or why switches are not recorded. */
  readonly rings: Available<TreeSwitchRings>;
  /** CPUs on which this thread may run. */
  readonly home: readonly number[];
  /** CPUs on which the program may run. */
  readonly cpus: readonly number[];
  /** The CPU that it is bound to and why, or why it is not bound. */
  readonly pin: Available<{ readonly cpu: number; readonly rule: string }>;
  /** Quotas of the control groups of this process, which the program inherits. */
  readonly throttling: Available<Pick<ThrottlingSource, 'readNs'>>;
  readonly clocks: FollowClocks;
  /** Of this thread. */
  readonly own: Available<OwnLedger>;
  readonly files: SystemFiles;
}

/** The clocks of the calling thread. */
export function followClocks(libc: Libc): FollowClocks {
  return {
    monotonicNs: bindClock(libc, CLOCK.MONOTONIC, 0),
    rawNs: bindClock(libc, CLOCK.MONOTONIC_RAW, 0),
    threadCpuNs: bindClock(libc, CLOCK.THREAD_CPUTIME_ID, 0),
  };
}

/**
 * Runs the program to its end.
 *
 * @param onStart Called with its process id, to forward signals to it.
 * @throws ProgramStartError where it cannot be started.
 */
export async function runProgram(
  bench: ProgramBench,
  request: ProgramRequest,
  onStart: (pid: number) => void = () => {},
): Promise<ProgramRun> {
  const { libc, clocks, files } = bench;
  const rings = bench.rings.available ? bench.rings.value : null;
  // What this thread did before the start is of no interest.
  rings?.drain(() => {});
  const statBefore = readCpuSteal(files);
  const throttledBefore = mapAvailable(bench.throttling, (source) => source.readNs());
  const ownBefore = process.cpuUsage();
  const own0 = readOwn(bench);
  const start = instant(clocks);
  const pid = spawnOn(bench, request);
  const started = readOwn(bench);
  using follower = followProgram(pid, start, { rings, files, clocks, sharesCpu: sharesCpu(bench) });
  onStart(pid);
  const ended = await untilEnd(bench, pid, () => follower.look());
  const ownUsage = process.cpuUsage(ownBefore);
  const { end } = ended;
  const noticeNs = LEAST_NOTICE_NS + (ended.own.end.usedNs - ended.own.lastWait.usedNs);
  const followed = follower.finish(end, noticeNs);
  const finalState = reapProgram(libc, pid);
  const throttled = mapAvailable(bench.throttling, (source) => source.readNs());
  const own: OwnParts = { start: { ...own0, atNs: start.monotonicNs }, started, ...ended.own };
  const cpus = cpusOf(bench, followed, own);
  const stat = countSteal(bench, statBefore, cpus);
  const raw: RawRun = {
    start,
    end,
    followed,
    finalState,
    stat,
    own,
    throttledNs: { before: throttledBefore, after: throttled },
    ownCpuNs: (ownUsage.user + ownUsage.system) * 1e3,
    ownRssBytes: process.resourceUsage().maxRSS * 1024,
  };
  return describeRun(raw, bench.verdict, bench.rings);
}

function instant(clocks: FollowClocks): Instant {
  return { monotonicNs: clocks.monotonicNs(), rawNs: clocks.rawNs() };
}

/** Elsewhere the scheduler moves this thread away from the program. */
function sharesCpu({ home, cpus }: ProgramBench): boolean {
  return home.length === 1 && cpus.length === 1 && home[0] === cpus[0];
}

/** The child inherits the CPUs on which this thread may run when it starts it. */
function spawnOn({ libc, cpus, home }: ProgramBench, request: ProgramRequest): number {
  if (cpus.length === home.length) return spawnProgram(libc, request);
  setAffinity(libc, cpus);
  try {
    return spawnProgram(libc, request);
  } finally {
    setAffinity(libc, home);
  }
}

/** What passes at least between an end and its notice, however fast the machine. */
const LEAST_NOTICE_NS = 1e6;

/** Looks and sleeps by turns. */
async function untilEnd(
  bench: ProgramBench,
  pid: number,
  look: () => number,
): Promise<{ readonly end: Instant; readonly own: Pick<OwnParts, 'lastLook' | 'lastWait' | 'end'> }> {
  using watch = watchExit(bench.libc, pid);
  for (;;) {
    const lastLook = readOwn(bench);
    const pauseNs = look();
    const lastWait = readOwn(bench);
    const outcome = watch.wait(pauseNs / 1e6);
    const end = instant(bench.clocks);
    if (outcome === 'ended') {
      return { end, own: { lastLook, lastWait, end: { ...readOwn(bench), atNs: end.monotonicNs } } };
    }
    // Lets the handlers of signals run.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Without a ledger of its own this thread counts as busy all the time: nothing is then certain to be stolen from it. */
function readOwn({ own, clocks }: ProgramBench): OwnReading {
  if (own.available) return own.value.read();
  const atNs = clocks.monotonicNs();
  return { atNs, usedNs: atNs, cpu: -1 };
}

/**
 * Records tell on which CPUs the program was; without, it may have been on any that it was allowed, and what this thread
 * had to do with it may have been done elsewhere.
 */
function cpusOf({ cpus }: ProgramBench, { switches }: FollowedProgram, own: OwnParts): readonly number[] {
  if (switches !== null && switches.lost === 0 && switches.cpus.length > 0) return switches.cpus;
  return [...new Set([...cpus, own.start.cpu, own.end.cpu])].filter((cpu) => cpu >= 0);
}

function countSteal(
  { libc, verdict, home, files }: ProgramBench,
  before: Available<CpuSteal>,
  cpus: readonly number[],
): Available<CaseSteal> {
  if (!before.available) return before;
  const { tickNs } = tickLength();
  if (verdict.tier === 'A' || verdict.tier === 'B') settleSteal(libc, cpus, home, tickNs);
  return mapAvailable(readCpuSteal(files), (after) => caseSteal(before.value, after, tickNs, cpus));
}
