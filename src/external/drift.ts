// Judges a guest's clock by an external one, from both clocks at two or more instants: does it agree, run
// slow or fast, or did it stop. Pure; where the instants come from is not known here.
import { type Available, available, unavailable } from '../base/availability.ts';
import { type Bounded, within } from '../base/bounded.ts';
import { slopeInterval } from '../stats/slope-interval.ts';
import type { ClockPoint } from './exchange.ts';

/** The time between two instants by both clocks. */
export interface ElapsedComparison {
  readonly guestNs: number;
  readonly externalNs: number;
  /** External less guest: what the guest's clock missed; negative where it ran ahead. */
  readonly lostNs: Bounded;
  /** The guest's clock against the external one, in parts per million; negative: the guest runs slow. */
  readonly driftPpm: Bounded;
}

/**
 * - `agrees`: at the rate that two good oscillators may differ by
 * - `slow`, `fast`: at another rate. Two instants cannot tell a slow clock from one that stopped between them
 * - `stopped`: no constant rate explains the points, and time is missing between some of them
 * - `jumped`: the same, and the guest's clock gained time between some of them
 * - `unsteady`: both of that
 */
export type ClockVerdict = 'agrees' | 'slow' | 'fast' | 'stopped' | 'jumped' | 'unsteady';

/** What the points say of the guest's clock. */
export interface ClockJudgement extends ElapsedComparison {
  readonly verdict: ClockVerdict;
  /** Drift that is consistent with the bounds of every point; null where no constant drift is. */
  readonly constantDriftPpm: Bounded | null;
  /** What is missing between the points where the clock stopped or jumped; elsewhere the same as `lostNs`. */
  readonly missedNs: Bounded;
}

/**
 * By how much two clocks may differ that nothing is wrong with. Quartz is good to ± 100 ppm over temperature and
 * age, and there are two of them: below it nobody can be blamed.
 */
export const OSCILLATORS_PPM = 200;

/**
 * Compares the clocks between two instants: drift = elapsed guest / elapsed external − 1, known to (sum of both
 * bounds) / elapsed external.
 */
export function compareElapsed(from: ClockPoint, to: ClockPoint): Available<ElapsedComparison> {
  const [guestNs, externalNs] = [to.guestNs - from.guestNs, to.externalNs - from.externalNs];
  if (!(externalNs > 0)) return unavailable('the external clock did not advance between the exchanges');
  const boundNs = differenceBound(from, to);
  const lostNs = within(externalNs - guestNs, boundNs);
  const driftPpm = within((guestNs / externalNs - 1) * 1e6, (boundNs / externalNs) * 1e6);
  return available({ guestNs, externalNs, lostNs, driftPpm });
}

/**
 * Bound of the offsets' difference. The ends of an offset's interval belong to two instants, a round trip apart,
 * in which it changes by what the clocks differ in rate: far below the rest unless the difference is large.
 */
function differenceBound(from: ClockPoint, to: ClockPoint): number {
  const rate = Math.abs((to.guestNs - from.guestNs) / (to.externalNs - from.externalNs) - 1);
  const travelNs = Math.abs(from.roundTripNs) + Math.abs(to.roundTripNs);
  return from.boundNs + to.boundNs + (rate * travelNs) / 2;
}

/**
 * Judges the guest's clock.
 *
 * @param points In the order of time; two at least.
 * @param tolerancePpm What is put down to the oscillators.
 */
export function judgeClock(
  points: readonly ClockPoint[],
  tolerancePpm: number = OSCILLATORS_PPM,
): Available<ClockJudgement> {
  const [first, last] = [points[0], points.at(-1)];
  if (points.length < 2 || first === undefined || last === undefined)
    return unavailable('the clocks were compared at fewer than two instants');
  const whole = compareElapsed(first, last);
  if (!whole.available) return whole;
  const steps: ElapsedComparison[] = [];
  for (const [index, point] of points.slice(1).entries()) {
    const step = compareElapsed(points[index] as ClockPoint, point);
    if (!step.available) return step;
    steps.push(step.value);
  }
  const constantDriftPpm = constantDrift(points, whole.value);
  const judged = constantDriftPpm === null ? judgeSteps(steps, whole.value, tolerancePpm) : null;
  const verdict = judged?.verdict ?? rateVerdict(constantDriftPpm ?? whole.value.driftPpm, tolerancePpm);
  return available({
    ...whole.value,
    verdict,
    constantDriftPpm,
    missedNs: judged?.missedNs ?? whole.value.lostNs,
  });
}

/** The slopes of all lines through the points' bounds; the value is the mean rate where that is among them. */
function constantDrift(points: readonly ClockPoint[], { driftPpm }: ElapsedComparison): Bounded | null {
  const rate = Math.abs(driftPpm.value) / 1e6;
  const slopes = slopeInterval(
    points.map(({ guestNs, externalNs, boundNs, roundTripNs }) => ({
      x: externalNs,
      y: guestNs - externalNs,
      bound: boundNs + (rate * Math.abs(roundTripNs)) / 2,
    })),
  );
  if (slopes === null) return null;
  const [low, high] = [slopes.low * 1e6, slopes.high * 1e6];
  return { value: Math.min(high, Math.max(low, driftPpm.value)), low, high };
}

function rateVerdict({ low, high }: Bounded, tolerancePpm: number): 'agrees' | 'slow' | 'fast' {
  if (high < -tolerancePpm) return 'slow';
  return low > tolerancePpm ? 'fast' : 'agrees';
}

/** Where no constant rate explains the points: between which of them time is missing or too much. */
function judgeSteps(
  steps: readonly ElapsedComparison[],
  whole: ElapsedComparison,
  tolerancePpm: number,
): { readonly verdict: ClockVerdict; readonly missedNs: Bounded } | null {
  const verdicts = steps.map(({ driftPpm }) => rateVerdict(driftPpm, tolerancePpm));
  const [losing, gaining] = [verdicts.includes('slow'), verdicts.includes('fast')];
  if (!losing && !gaining) return null;
  if (losing && gaining) return { verdict: 'unsteady', missedNs: whole.lostNs };
  const off = steps.filter((_, index) => verdicts[index] !== 'agrees').map(({ lostNs }) => lostNs);
  return { verdict: losing ? 'stopped' : 'jumped', missedNs: off.reduce(sum) };
}

function sum(a: Bounded, b: Bounded): Bounded {
  return { value: a.value + b.value, low: a.low + b.low, high: a.high + b.high };
}
