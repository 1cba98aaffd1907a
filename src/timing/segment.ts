// Two snapshots become a segment: how much of the wall time was CPU, waiting for a CPU, and the rest.
// Pure arithmetic: W = C + R + S + B, where S is steal and B is blocking; S and B are only separable where the
// thread provably did not block, or where its context switches were recorded (blocked-split.ts). The case-level
// upper bound of S is not here (case-steal.ts): one segment is far shorter than a tick of /proc/stat.
import { type Available, available, unavailable } from '../base/availability.ts';
import { type BlockedSplit, type OffCpuEvidence, splitBlocked } from './blocked-split.ts';
import type { ClockTraits, ThreadSnapshot } from './clock.ts';
import type { TierVerdict } from './ledger-rules.ts';

/**
 * What an interval of steal means:
 *
 * - `charged`: what the scheduler charged as steal. A LOWER bound of the steal that hit the thread:
 *   kernels since 6.14 drop part of it when another CPU wakes a task on the stolen one
 * - `ceiling`: nothing is known but that it was not more
 * - `expected-zero`: there is no hypervisor; the interval is what the clocks left open
 */
export type StealMeaning = 'charged' | 'ceiling' | 'expected-zero';

/** Steal within a segment, in ns. */
export interface SegmentSteal {
  readonly lowNs: number;
  readonly highNs: number;
  readonly meaning: StealMeaning;
  readonly reason: string;
}

/** Whether the thread gave up its CPU within a segment. */
export type Blocked = 'yes' | 'no' | 'unknown';

/** The ledger of one thread between two snapshots. All times in ns. */
export interface Segment {
  readonly wallNs: number;
  /** CPU time of the thread. In tier B it contains the steal. */
  readonly cpuNs: Available<number>;
  /** Runnable but waiting for a CPU: other tasks of this machine, and quota throttling. */
  readonly runQueueNs: Available<number>;
  /** W − C − R: steal and blocking together, an identity; may be negative by less than `boundNs`. */
  readonly stealAndBlockedNs: Available<number>;
  readonly blocked: Blocked;
  /**
   * B: asleep, stopped, or waiting for something other than a CPU. Exactly 0 where the thread did not block; an
   * estimate, good to `boundNs` + `splitErrorNs` and perhaps negative by that, where its switches were recorded. What it
   * leaves of `stealAndBlockedNs` is S.
   */
  readonly blockedNs: Available<number>;
  /** What telling S from B adds to the error of each. 0 where the thread did not block, or nothing was told apart. */
  readonly splitErrorNs: number;
  readonly stealNs: Available<SegmentSteal>;
  /** Error of `stealAndBlockedNs` from the two snapshots and the rate of the clocks. */
  readonly boundNs: number;
  /** Why the ledger contradicts itself, in words; absent when it closes. A reason to distrust the segment. */
  readonly violation?: string;
}

/**
 * The segment between two snapshots of one clock on one thread.
 *
 * The error bound is (w0 + w1) / 2 + ρ·W: each wall time is only known to lie within its width, and the two
 * clocks may run at rates that differ by ρ.
 *
 * @param offCpu The off-CPU time of the same span, where it was recorded: it tells S from B in a segment that blocked.
 */
export function segment(
  from: ThreadSnapshot,
  to: ThreadSnapshot,
  traits: ClockTraits,
  verdict: TierVerdict,
  offCpu?: OffCpuEvidence,
): Segment {
  const wallNs = to.wallNs - from.wallNs;
  const boundNs = (from.widthNs + to.widthNs) / 2 + traits.rateError * wallNs;
  const cpuNs = threadCpuNs(to.cpuNs - from.cpuNs, traits);
  const runQueueNs = mapRunQueue(to.runQueueNs - from.runQueueNs, traits);
  const counted = blockedBetween(from, to, traits);
  if (!cpuNs.available || !runQueueNs.available) {
    const missing = cpuNs.available ? runQueueNs : cpuNs;
    const unknown = unavailable(`${(missing as { reason: string }).reason}; W − C − R needs it`);
    const parts = { stealAndBlockedNs: unknown, blockedNs: unknown, stealNs: unknown };
    return { wallNs, cpuNs, runQueueNs, blocked: counted, ...parts, splitErrorNs: 0, boundNs };
  }
  const timeslices = to.timeslices - from.timeslices;
  const spent = { wallNs, cpuNs: cpuNs.value, runQueueNs: runQueueNs.value, timeslices };
  const split = offCpu === undefined ? NOT_RECORDED : splitBlocked(spent, offCpu);
  const gap = gapOf(spent, split, boundNs, blockedBy(split, offCpu) ?? counted);
  const violation = violationOf(gap, verdict);
  return {
    wallNs,
    cpuNs,
    runQueueNs,
    stealAndBlockedNs: available(gap.gapNs),
    blocked: gap.blocked,
    blockedNs: gap.blockedNs,
    splitErrorNs: gap.split?.errorNs ?? 0,
    stealNs: stealWithin(gap, verdict),
    boundNs,
    ...(violation === undefined ? {} : { violation }),
  };
}

const NOT_RECORDED = unavailable('its context switches were not recorded');

/**
 * The most that steal within a segment can be, in ns: W − R − B + bound. All of the CPU time may be steal in truth,
 * because the kernel charges as CPU time what it does not see as steal; narrowed by the steal of a whole case.
 */
export function mostStealNs(part: Segment): Available<number> {
  const { wallNs, runQueueNs, blockedNs, boundNs, splitErrorNs } = part;
  if (!runQueueNs.available) return runQueueNs;
  const asleepNs = blockedNs.available ? Math.max(0, blockedNs.value - boundNs - splitErrorNs) : 0;
  return available(Math.max(0, wallNs - runQueueNs.value + boundNs - asleepNs));
}

function threadCpuNs(deltaNs: number, traits: ClockTraits): Available<number> {
  if (traits.cpuScope === 'thread') return available(deltaNs);
  return unavailable('only the CPU time of the whole process is known');
}

function mapRunQueue(deltaNs: number, traits: ClockTraits): Available<number> {
  return traits.runQueue.available ? available(deltaNs) : traits.runQueue;
}

/** Whether the thread gave up its CPU between two snapshots. */
export function blockedBetween(from: ThreadSnapshot, to: ThreadSnapshot, traits: ClockTraits): Blocked {
  if (to.voluntarySwitches === from.voluntarySwitches) return 'no';
  return traits.switchScope === 'thread' ? 'yes' : 'unknown';
}

/** The thread's own switches tell where the counts of the process do not. */
function blockedBy(split: Available<BlockedSplit>, offCpu: OffCpuEvidence | undefined): Blocked | undefined {
  if (!split.available || offCpu === undefined) return undefined;
  return offCpu.offCpu.blocks > 0 ? 'yes' : 'no';
}

interface Gap {
  /** W − C − R. */
  readonly gapNs: number;
  readonly boundNs: number;
  /** W − R + bound: all that steal can be, when none of C is believed to be free of it. */
  readonly ceilingNs: number;
  readonly blocked: Blocked;
  readonly blockedNs: Available<number>;
  /** Of a segment that blocked, where S and B could be told apart. */
  readonly split?: BlockedSplit;
}

function gapOf(
  {
    wallNs,
    cpuNs,
    runQueueNs,
  }: { readonly wallNs: number; readonly cpuNs: number; readonly runQueueNs: number },
  split: Available<BlockedSplit>,
  boundNs: number,
  blocked: Blocked,
): Gap {
  const gapNs = wallNs - cpuNs - runQueueNs;
  const common = { gapNs, boundNs, ceilingNs: wallNs - runQueueNs + boundNs, blocked };
  if (blocked === 'no') return { ...common, blockedNs: available(0) };
  if (split.available) return { ...common, blockedNs: available(split.value.blockedNs), split: split.value };
  const who = blocked === 'yes' ? 'the thread blocked' : 'a thread of the process blocked, perhaps this one';
  return { ...common, blockedNs: unavailable(`${who}: W − C − R is steal and blocking; ${split.reason}`) };
}

/** The segment's statement about steal, by tier. */
function stealWithin(gap: Gap, verdict: TierVerdict): Available<SegmentSteal> {
  switch (verdict.tier) {
    case 'A':
      return available(chargedSteal(gap, verdict));
    case 'B':
      return available(ceiling(gap.ceilingNs, 'CPU time contains the steal: no segment can tell them apart'));
    case 'E':
      return available(expectedZero(gap, verdict));
    default:
      return unavailable(verdict.reason);
  }
}

function chargedSteal(gap: Gap, { gapIncludesIrq }: TierVerdict): SegmentSteal {
  const { lowNs, highNs } = chargedRange(gap);
  if (!gap.blockedNs.available) return ceiling(highNs, gap.blockedNs.reason);
  if (gapIncludesIrq) return ceiling(highNs, 'interrupt time is, or may be, within W − C − R');
  const reason =
    gap.split === undefined
      ? 'the thread did not block: W − C − R is steal'
      : 'the thread blocked, and W − C − O + k·n is steal: its context switches were recorded';
  return { lowNs: Math.max(0, lowNs), highNs: Math.max(0, highNs), meaning: 'charged', reason };
}

/** S lies within; the sum S + B is known better than either, and B is not negative. May reach below zero. */
function chargedRange({ gapNs, boundNs, split }: Gap): { readonly lowNs: number; readonly highNs: number } {
  if (split === undefined) return { lowNs: gapNs - boundNs, highNs: gapNs + boundNs };
  return { lowNs: split.stealLowNs - boundNs, highNs: Math.min(split.stealHighNs, gapNs) + boundNs };
}

/** Whether time that is lost would show: all of the gap, or of S, is what no task and no interrupt explains. */
function isChecked(gap: Gap, { gapIncludesIrq }: TierVerdict): boolean {
  return gap.blockedNs.available && !gapIncludesIrq;
}

function expectedZero(gap: Gap, verdict: TierVerdict): SegmentSteal {
  const checked = isChecked(gap, verdict);
  return {
    lowNs: 0,
    highNs: checked ? Math.max(0, chargedRange(gap).highNs) : gap.boundNs,
    meaning: 'expected-zero',
    reason: checked ? 'no hypervisor; checked by W − C − R' : 'no hypervisor; this segment cannot check it',
  };
}

function ceiling(highNs: number, reason: string): SegmentSteal {
  return { lowNs: 0, highNs: Math.max(0, highNs), meaning: 'ceiling', reason };
}

/** More CPU and waiting than wall time is impossible anywhere; time lost without a hypervisor is too. */
function violationOf(gap: Gap, verdict: TierVerdict): string | undefined {
  if (gap.gapNs < -gap.boundNs) return `CPU time and waiting exceed the wall time by ${ns(-gap.gapNs)}`;
  const { lowNs, highNs } = chargedRange(gap);
  if (highNs < 0) return `CPU time and time off the CPU exceed the wall time by ${ns(-highNs)}`;
  const { split } = gap;
  if (split !== undefined && split.blockedNs < -gap.boundNs - split.errorNs)
    return `the thread waited for a CPU for ${ns(-split.blockedNs)} more than it was off it`;
  if (verdict.tier === 'E' && isChecked(gap, verdict) && lowNs > 0)
    return `${ns(split?.stealNs ?? gap.gapNs)} are lost without a hypervisor`;
  return undefined;
}

function ns(value: number): string {
  return `${Math.round(value)} ns`;
}
