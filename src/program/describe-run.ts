// Puts what one run left behind in order: the figures of the report from clocks, accounts, switches and counters. Pure.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import { formatBytes } from '../base/units.ts';
import { RATE_ERROR } from '../timing/clock.ts';
import type { TierVerdict } from '../timing/ledger-rules.ts';
import { throttledWithin } from '../timing/throttling.ts';
import type { SwitchSums } from './follow-program.ts';
import { criticalOwnSteal } from './own-ledger.ts';
import type { ProgramRun, ThreadsRecord } from './program-run.ts';
import { correctedWall, type StealEvidence, stealOf } from './program-steal.ts';
import type { RawRun } from './raw-run.ts';
import type { LeaderOnCpu } from './tree-switches.ts';

/** CPU time of a thread that has not ended may be as old as a timer tick. */
const STALE_NS = 1e7;
/** getrusage(2) cuts user and system time off to whole microseconds. */
const ROUNDING_NS = 1e4;

/** The main thread's part. */
interface Leader {
  readonly gapNs: number;
  readonly chargedNs: number;
  /** By how much more than its records of switches tell. */
  readonly betterByNs: number;
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
  const own = ownSteal(raw, exact);
  const chargedNs = exact ? chargedBySwitches(raw, cpuNs, leader) : chargedByStretches(raw);
  const evidence: StealEvidence = {
    verdict,
    wallNs,
    chargedNs: chargedNs + own.lowNs,
    leaderChargedNs: (leader?.chargedNs ?? 0) + own.lowNs,
    elsewhereNs: own.elsewhereNs,
    leaderSleptNs: leader?.sleptMostNs ?? wallNs,
    busiestCpuNs: Math.max(followed.sums.busiestCpuNs, followed.leader?.cpuNs ?? 0),
    isAccounted: !exact || isAccounted(raw),
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
    throttledNs: throttledOf(raw),
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

/** Steal from guestmark while it started the program and noticed its end, and what of it other CPUs may have counted. */
function ownSteal(raw: RawRun, exact: boolean): { readonly lowNs: number; readonly elsewhereNs: number } {
  const { followed } = raw;
  const { leader, cpus } = followed.switches ?? {};
  const { firstInNs = 0, processEndNs = null } = leader ?? {};
  if (!exact || cpus === undefined || followed.leader === null || processEndNs === null) {
    return { lowNs: 0, elsewhereNs: 0 };
  }
  const { lowNs, highNs } = criticalOwnSteal(raw.own, { ...followed.leader, firstInNs, processEndNs });
  const isCounted = [raw.own.start, raw.own.end].every(({ cpu }) => cpus.includes(cpu));
  return { lowNs, elsewhereNs: isCounted ? 0 : highNs };
}

/** Whether the kernel's sum of switches has those of every process that is gone. It is counted with the CPU time. */
function isAccounted({ followed, finalState }: RawRun): boolean {
  const expected = followed.switches?.switchesWaitedFor ?? null;
  return expected !== null && finalState.voluntarySwitches + finalState.involuntarySwitches >= expected;
}

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

function throttledOf({ throttledNs: { before, after }, followed }: RawRun): Available<number> {
  if (!before.available) return before;
  if (!after.available) return after;
  if (followed.leader === null) return NO_ACCOUNT;
  const split = throttledWithin(before.value, after.value, followed.sums.runQueueNs);
  return mapAvailable(split, ({ throttledNs }) => throttledNs);
}

/**
 * S = Σ time on a CPU − C. For a main thread that never slept S = W − C − R is the better figure: it does not lack the
 * 25 µs by which records of switches are late.
 */
function chargedBySwitches(raw: RawRun, cpuNs: number, leader: Leader | null): number {
  const { onNs, alive } = raw.followed.switches as SwitchSums;
  const boundNs = ROUNDING_NS + alive * STALE_NS + RATE_ERROR.CLOCK_MONOTONIC_RAW * onNs;
  return Math.max(0, onNs * rawPerMonotonic(raw) - cpuNs - boundNs + (leader?.betterByNs ?? 0));
}

function chargedByStretches({ followed }: RawRun): number {
  return followed.sums.unblockedStealNs + (followed.leader?.unblockedStealNs ?? 0);
}

/**
 * The switch by which a thread ends is the only voluntary one of a thread that never slept. Whoever reads the count of
 * a zombie may be quicker than that switch, so the records must agree.
 */
function neverSlept(counted: { readonly voluntarySwitches: number }, recorded: LeaderOnCpu): boolean {
  return counted.voluntarySwitches <= 1 && recorded.blocks === 0;
}

/** For the main thread B = O − R, where O is its time off a CPU between its first instant on one and its end. */
function leaderBySwitches(raw: RawRun): Leader | null {
  const { leader, switches } = raw.followed;
  if (leader === null || switches?.leader === undefined) return null;
  const { firstInNs, endNs, onNs } = switches.leader;
  const ratio = rawPerMonotonic(raw);
  const sleepless = neverSlept(leader, switches.leader);
  const bySwitchesNs = onNs * ratio - leader.cpuNs;
  const byIdentityNs = (endNs - firstInNs) * ratio - leader.cpuNs - leader.runQueueNs;
  const chargedNs = sleepless ? Math.max(bySwitchesNs, byIdentityNs) : bySwitchesNs;
  // What it waited for its first CPU is no part of O.
  const waitedNs = leader.runQueueNs - leader.startRunQueueNs;
  const blockedNs = sleepless ? 0 : Math.max(0, endNs - firstInNs - onNs - waitedNs);
  return {
    gapNs: gapOf(raw, leader),
    chargedNs: Math.max(0, chargedNs),
    betterByNs: chargedNs - bySwitchesNs,
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
    betterByNs: 0,
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
  const { sums, switches, descendants } = followed;
  const unseen = unavailable(
    descendants.available ? 'threads that came and went between two looks were not seen' : descendants.reason,
  );
  return {
    seen: Math.max(sums.seen, switches?.threads ?? 0),
    exact,
    lost: sums.lost,
    lostRunQueueNs: exact ? available(sums.lostNs) : unseen,
    leftRunning: sums.alive,
  };
}
