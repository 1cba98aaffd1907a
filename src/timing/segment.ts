// Two snapshots become a segment: how much of the wall time was CPU, waiting for a CPU, and the rest.
// Pure arithmetic over facts/timing: W = C + R + S + B, where S is steal and B is blocking; S and B are
// only separable where the thread provably did not block. The case-level upper bound of S is not here
// (case-steal.ts): one segment is far shorter than a tick of /proc/stat.
import { type Available, available, unavailable } from '../base/availability.ts';
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
 */
export function segment(
  from: ThreadSnapshot,
  to: ThreadSnapshot,
  traits: ClockTraits,
  verdict: TierVerdict,
): Segment {
  const wallNs = to.wallNs - from.wallNs;
  const boundNs = (from.widthNs + to.widthNs) / 2 + traits.rateError * wallNs;
  const cpuNs = threadCpuNs(to.cpuNs - from.cpuNs, traits);
  const runQueueNs = mapRunQueue(to.runQueueNs - from.runQueueNs, traits);
  const blocked = blockedBetween(from, to, traits);
  if (!cpuNs.available || !runQueueNs.available) {
    const missing = cpuNs.available ? runQueueNs : cpuNs;
    const unknown = unavailable(`${(missing as { reason: string }).reason}; W − C − R needs it`);
    return { wallNs, cpuNs, runQueueNs, stealAndBlockedNs: unknown, blocked, stealNs: unknown, boundNs };
  }
  const gap: Gap = {
    gapNs: wallNs - cpuNs.value - runQueueNs.value,
    boundNs,
    ceilingNs: wallNs - runQueueNs.value + boundNs,
    blocked,
    mayHoldIrq: verdict.gapIncludesIrq,
  };
  const violation = violationOf(gap, verdict);
  return {
    wallNs,
    cpuNs,
    runQueueNs,
    stealAndBlockedNs: available(gap.gapNs),
    blocked,
    stealNs: stealWithin(gap, verdict),
    boundNs,
    ...(violation === undefined ? {} : { violation }),
  };
}

/**
 * The most that steal within a segment can be, in ns: W − R + bound. All of the CPU time may be steal in truth,
 * because the kernel charges as CPU time what it does not see as steal; narrowed by the steal of a whole case.
 */
export function stealCeilingNs(part: Segment): Available<number> {
  if (!part.runQueueNs.available) return part.runQueueNs;
  return available(Math.max(0, part.wallNs - part.runQueueNs.value + part.boundNs));
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

interface Gap {
  /** W − C − R. */
  readonly gapNs: number;
  readonly boundNs: number;
  /** W − R + bound: all that steal can be, when none of C is believed to be free of it. */
  readonly ceilingNs: number;
  readonly blocked: Blocked;
  readonly mayHoldIrq: boolean;
}

/** The segment's statement about steal, by tier. */
function stealWithin(gap: Gap, { tier, reason }: TierVerdict): Available<SegmentSteal> {
  switch (tier) {
    case 'A':
      return available(chargedSteal(gap));
    case 'B':
      return available(ceiling(gap.ceilingNs, 'CPU time contains the steal: no segment can tell them apart'));
    case 'E':
      return available(expectedZero(gap));
    default:
      return unavailable(reason);
  }
}

function chargedSteal(gap: Gap): SegmentSteal {
  const highNs = Math.max(0, gap.gapNs + gap.boundNs);
  if (gap.blocked === 'yes') return ceiling(highNs, 'the thread blocked: W − C − R is steal and blocking');
  if (gap.blocked === 'unknown') return ceiling(highNs, 'a thread of the process blocked, perhaps this one');
  if (gap.mayHoldIrq) return ceiling(highNs, 'interrupt time is, or may be, within W − C − R');
  const lowNs = Math.max(0, gap.gapNs - gap.boundNs);
  return { lowNs, highNs, meaning: 'charged', reason: 'the thread did not block: W − C − R is steal' };
}

function expectedZero(gap: Gap): SegmentSteal {
  const checked = gap.blocked === 'no' && !gap.mayHoldIrq;
  return {
    lowNs: 0,
    highNs: checked ? Math.max(0, gap.gapNs + gap.boundNs) : gap.boundNs,
    meaning: 'expected-zero',
    reason: checked ? 'no hypervisor; checked by W − C − R' : 'no hypervisor; this segment cannot check it',
  };
}

function ceiling(highNs: number, reason: string): SegmentSteal {
  return { lowNs: 0, highNs: Math.max(0, highNs), meaning: 'ceiling', reason };
}

/** More CPU and waiting than wall time is impossible anywhere; time lost without a hypervisor is too. */
function violationOf(gap: Gap, { tier }: TierVerdict): string | undefined {
  if (gap.gapNs < -gap.boundNs) return `CPU time and waiting exceed the wall time by ${ns(-gap.gapNs)}`;
  const mustBeZero = tier === 'E' && gap.blocked === 'no' && !gap.mayHoldIrq;
  if (mustBeZero && gap.gapNs > gap.boundNs) return `${ns(gap.gapNs)} are lost without a hypervisor`;
  return undefined;
}

function ns(value: number): string {
  return `${Math.round(value)} ns`;
}
