// Puts what one run left behind in order: the figures of the report from clocks, accounts, switches and counters. Pure.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import { formatBytes } from '../base/units.ts';
import { RATE_ERROR } from '../timing/clock.ts';
import type { TierVerdict } from '../timing/ledger-rules.ts';
import type { SwitchSums } from './follow-program.ts';
import type { ProgramRun, ThreadsRecord } from './program-run.ts';
import { correctedWall, type StealEvidence, stealOf } from './program-steal.ts';
import type { RawRun } from './raw-run.ts';

/** CPU time of a thread that has not ended may be as old as a timer tick. */
const STALE_NS = 1e7;
/** getrusage(2) cuts user and system time off to whole microseconds. */
const ROUNDING_NS = 1e4;

/** The main thread's part. */
interface Leader {
  readonly gapNs: number;
  readonly chargedNs: number;
  /** The most that it can have slept. */
  readonly sleptMostNs: number;
  readonly blockedNs: Available<number>;
}

/** The figures of one run. */
export function describeRun(raw: RawRun, verdict: TierVerdict, rings: Available<unknown>): ProgramRun {
  const { start, end, followed, finalState, stat } = raw;
  const wallNs = end.rawNs - start.rawNs;
  const exact = followed.switches !== null && followed.switches.lost === 0;
  const cpuNs = finalState.userNs + finalState.systemNs + followed.sums.aliveCpuNs;
  const leader = exact ? leaderBySwitches(raw) : leaderByStretches(raw, verdict);
  const evidence: StealEvidence = {
    verdict,
    wallNs,
    chargedNs: exact ? chargedBySwitches(raw, cpuNs) : chargedByStretches(raw),
    leaderChargedNs: leader?.chargedNs ?? 0,
    leaderSleptNs: leader?.sleptMostNs ?? wallNs,
    busiestCpuNs: Math.max(followed.sums.busiestCpuNs, followed.leader?.cpuNs ?? 0),
    method: exact ? BY_SWITCHES : `${BY_STRETCHES}${rings.available ? '' : ` (${rings.reason})`}`,
    stat,
  };
  const stealNs = stealOf(evidence);
  const { userNs, systemNs, maxRssBytes, ...state } = finalState;
  return {
    startNs: start.monotonicNs,
    endNs: end.monotonicNs,
    wallNs,
    userNs,
    systemNs,
    cpuNs,
    cpuIncludesSteal: verdict.tier === 'B',
    runQueueNs: followed.leader === null ? NO_ACCOUNT : available(followed.sums.runQueueNs),
    throttledNs: unavailable('it is not read yet'),
    blockedNs: leader === null ? NO_ACCOUNT : leader.blockedNs,
    stealAndBlockedNs: leader === null ? NO_ACCOUNT : available(leader.gapNs),
    stealNs,
    correctedWallNs: correctedWall(evidence, stealNs),
    stat: mapAvailable(stat, ({ perCpu, tickNs }) => ({ perCpuNs: perCpu, tickNs })),
    ...state,
    maxRssBytes: memoryOf(maxRssBytes, raw.ownRssBytes),
    threads: threadsOf(raw, exact),
    looks: { count: followed.looks, cpuNs: raw.ownCpuNs },
  };
}

const BY_SWITCHES = 'charged by the scheduler to all threads, from their recorded context switches';
const BY_STRETCHES = 'charged by the scheduler in stretches in which a thread did not sleep';
const NO_ACCOUNT = unavailable("the main thread's schedstat cannot be read");

/** A process starts out with the memory of the one that forked it, and getrusage(2) never forgets the most. */
function memoryOf(maxRssBytes: number, ownRssBytes: number): Available<number> {
  return maxRssBytes > ownRssBytes
    ? available(maxRssBytes)
    : unavailable(`less than the ${formatBytes(ownRssBytes)} of guestmark, which started it`);
}

/** Records carry CLOCK_MONOTONIC, which the time daemon slews; over the span its rate is known. */
function rawPerMonotonic({ start, end }: RawRun): number {
  const monotonicNs = end.monotonicNs - start.monotonicNs;
  return monotonicNs > 0 ? (end.rawNs - start.rawNs) / monotonicNs : 1;
}

/** S = Σ time on a CPU − C. */
function chargedBySwitches(raw: RawRun, cpuNs: number): number {
  const { onNs, alive } = raw.followed.switches as SwitchSums;
  const boundNs = ROUNDING_NS + alive * STALE_NS + RATE_ERROR.CLOCK_MONOTONIC_RAW * onNs;
  return Math.max(0, onNs * rawPerMonotonic(raw) - cpuNs - boundNs);
}

function chargedByStretches({ followed }: RawRun): number {
  return followed.sums.unblockedStealNs + (followed.leader?.unblockedStealNs ?? 0);
}

/** For the main thread B = O − R, where O is its time off a CPU between its first instant on one and its end. */
function leaderBySwitches(raw: RawRun): Leader | null {
  const { leader, switches } = raw.followed;
  if (leader === null || switches?.leader === undefined) return null;
  const { firstInNs, endNs, onNs } = switches.leader;
  const blockedNs = Math.max(0, endNs - firstInNs - onNs - leader.runQueueNs);
  const gapNs = gapOf(raw, leader);
  return {
    gapNs,
    chargedNs: Math.max(0, onNs * rawPerMonotonic(raw) - leader.cpuNs),
    sleptMostNs: blockedNs,
    blockedNs: available(blockedNs),
  };
}

function leaderByStretches(raw: RawRun, { tier }: TierVerdict): Leader | null {
  const { leader } = raw.followed;
  if (leader === null) return null;
  const gapNs = gapOf(raw, leader);
  const mixed = unavailable(
    `asleep or stolen: only their sum is known, ${Math.round(gapNs)} ns, without records of context switches`,
  );
  return {
    gapNs,
    chargedNs: leader.unblockedStealNs,
    sleptMostNs: Math.max(0, gapNs - leader.unblockedStealNs),
    blockedNs: tier === 'E' ? available(gapNs) : mixed,
  };
}

/** W − C − R of the main thread; the start of the process and the notice of its end are in it. */
function gapOf(
  { start, end }: RawRun,
  leader: { readonly cpuNs: number; readonly runQueueNs: number },
): number {
  return Math.max(0, end.rawNs - start.rawNs - leader.cpuNs - leader.runQueueNs);
}

function threadsOf({ followed }: RawRun, exact: boolean): ThreadsRecord {
  const { sums, switches } = followed;
  const unseen = unavailable('threads that came and went between two looks were not seen');
  return {
    seen: Math.max(sums.seen, switches?.threads ?? 0),
    exact,
    lost: sums.lost,
    lostRunQueueNs: exact ? available(sums.lostNs) : unseen,
    leftRunning: sums.alive,
  };
}
