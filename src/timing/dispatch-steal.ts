// What may have been stolen while a dispatch was submitted, and while it was waited for: ranges from two
// snapshots and the brief reading between them. Knows the ledger and nothing of the device; which part of
// the steal delayed anything is decided in dispatch-model.ts.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { OffCpuEvidence } from './blocked-split.ts';
import type { BriefReading, ClockTraits, ThreadSnapshot } from './clock.ts';
import type { TierVerdict } from './ledger-rules.ts';
import { segment } from './segment.ts';

/** An amount of time that is known to lie between two bounds, in ns. */
export interface NsRange {
  readonly lowNs: number;
  readonly highNs: number;
}

/** The readings around and within one dispatch. */
export interface DispatchReadings {
  readonly from: ThreadSnapshot;
  /** After the submit call returned; null where nothing was read there, so as not to lengthen a short sample. */
  readonly between: BriefReading | null;
  readonly to: ThreadSnapshot;
  /** The switches of the whole, where they were recorded: they tell steal from sleep. */
  readonly offCpu?: OffCpuEvidence;
}

/** How far the readings of a dispatch are from the stamps around its calls, in ns. Steal can fall there too. */
export interface ReadingOffsets {
  /** Between the first and the last reading, but not between the stamps: before the submit call and behind the wait. */
  readonly outsideNs: number;
  /** The reading in between came at most so long behind the submit call's end. */
  readonly lateNs: number;
}

/** The offsets, from the lengths that both clocks have for the same parts; good to the widths of the readings. */
export function readingOffsets(
  { from, between, to }: DispatchReadings,
  stamps: { readonly submitStartNs: number; readonly submitEndNs: number; readonly waitEndNs: number },
): ReadingOffsets {
  const { submitStartNs, submitEndNs, waitEndNs } = stamps;
  const outsideNs = Math.max(0, to.wallNs - from.wallNs - (waitEndNs - submitStartNs));
  if (between === null) return { outsideNs, lateNs: 0 };
  return { outsideNs, lateNs: Math.max(0, between.wallNs - from.wallNs - (submitEndNs - submitStartNs)) };
}

/** Steal that the scheduler charged to the submitting thread, by part. */
export interface DispatchSteal {
  readonly submit: NsRange;
  readonly wait: NsRange;
  /** Of both together; narrower than their sum, because the run-queue wait is known for the whole only. */
  readonly whole: NsRange;
}

/**
 * The steal of a dispatch by part.
 *
 * A part closes as W = C + R + S + B. Its R is not read in the middle, but lies between 0 and the R of the whole;
 * without a voluntary switch B is 0. So S lies between W − C − R(whole) − bound and W − C + bound where the part
 * did not block, and between 0 and W − C + bound where it did.
 */
export function dispatchSteal(
  readings: DispatchReadings,
  traits: ClockTraits,
  verdict: TierVerdict,
): Available<DispatchSteal> {
  const { from, between, to, offCpu } = readings;
  const part = segment(from, to, traits, verdict, offCpu);
  if (!part.stealNs.available) return part.stealNs;
  if (verdict.tier === 'E') return available({ submit: NOTHING, wait: NOTHING, whole: NOTHING });
  const whole = { lowNs: part.stealNs.value.lowNs, highNs: part.stealNs.value.highNs };
  if (!part.runQueueNs.available) return unavailable(part.runQueueNs.reason);
  if (between === null) return available({ submit: unsplit(whole), wait: unsplit(whole), whole });
  const how = { traits, verdict, mostRunQueueNs: part.runQueueNs.value };
  const submit = partSteal(from, between, how);
  return available({ submit, wait: rest(whole, submit, partSteal(between, to, how)), whole });
}

/** The wait has what the submit call did not: the whole is known better where switches were recorded. */
function rest(whole: NsRange, submit: NsRange, wait: NsRange): NsRange {
  const highNs = Math.max(0, Math.min(wait.highNs, whole.highNs - submit.lowNs));
  return { lowNs: Math.min(highNs, Math.max(wait.lowNs, whole.lowNs - submit.highNs)), highNs };
}

/** Any part of the whole may lie in a part that was not read. */
function unsplit({ highNs }: NsRange): NsRange {
  return { lowNs: 0, highNs };
}

const NOTHING: NsRange = { lowNs: 0, highNs: 0 };

interface PartContext {
  readonly traits: ClockTraits;
  readonly verdict: TierVerdict;
  /** Run-queue wait of the whole dispatch, in ns. */
  readonly mostRunQueueNs: number;
}

function partSteal(from: BriefReading, to: BriefReading, context: PartContext): NsRange {
  const { traits, verdict, mostRunQueueNs } = context;
  const wallNs = to.wallNs - from.wallNs;
  const boundNs = (from.widthNs + to.widthNs) / 2 + traits.rateError * wallNs;
  // In tier B the CPU time contains the steal, so all of the wall time may be steal.
  if (verdict.tier === 'B') return { lowNs: 0, highNs: Math.max(0, wallNs + boundNs) };
  const gapNs = wallNs - (to.cpuNs - from.cpuNs);
  const highNs = Math.max(0, gapNs + boundNs);
  // A count of the process that did not change proves it for the thread as well.
  const unblocked = to.voluntarySwitches === from.voluntarySwitches && !verdict.gapIncludesIrq;
  return { lowNs: unblocked ? Math.max(0, gapNs - mostRunQueueNs - boundNs) : 0, highNs };
}
