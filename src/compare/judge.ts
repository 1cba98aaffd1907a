// What may be said of one ratio, and why no more. It begins with "unclear" and says more only where the evidence does; every
// reason tells what was seen, and what would make it clear. Knows nothing of cases, metrics or where the ratio comes from.
import type { ValueInterval } from '../stats/ratio-interval.ts';
import type { Verdict } from './comparison.ts';

/** Fewest runs a side for any verdict, and how many to take: docs/comparison.md. */
export const FEWEST_RUNS = 5;
export const RECOMMENDED_RUNS = 10;

/** What is known of a ratio. */
export interface JudgedRatio {
  readonly ratio: ValueInterval;
  /** What the clocks leave open of the ratio however many runs there are, without the spread of runs; left out: nothing. */
  readonly open?: Pick<ValueInterval, 'low' | 'high'>;
  readonly better: 'lower' | 'higher';
  /** Those behind the ratio. */
  readonly runs: { readonly baseline: number; readonly contender: number };
  /** Of no difference beyond the noise floor, adjusted for the number of cases; NaN where there is none. */
  readonly holmP: number;
  /** Why there is none. */
  readonly whyNoP?: string;
  readonly noiseFloor: number;
  readonly alpha: number;
}

/** A verdict with its reason: one sentence or two without a final period. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string;
}

/**
 * Judges a ratio: slower or faster where its interval lies beyond the noise floor *and* so small a p-value remains after Holm's
 * correction; same where the whole interval lies within the noise floor.
 *
 * The second is an equivalence test by an interval (D. J. Schuirmann, "A Comparison of the Two One-Sided Tests Procedure and
 * the Power Approach", Journal of Pharmacokinetics and Biopharmaceutics 15, 1987). No correction over the cases applies to it:
 * Holm's guards claims of a difference, and where nothing differs every "same" is right, however many there are.
 */
export function judgeRatio(judged: JudgedRatio): Judgement {
  const obstacle = obstacleOf(judged);
  if (obstacle !== null) return unclear(obstacle);
  const { ratio, noiseFloor } = judged;
  if (ratio.low > 1 + noiseFloor) return judgeBeyond(judged, 'above');
  if (ratio.high < 1 - noiseFloor) return judgeBeyond(judged, 'below');
  const seen = `interval ${formatInterval(ratio)}`;
  if (ratio.low >= 1 - noiseFloor && ratio.high <= 1 + noiseFloor)
    return { verdict: 'same', reason: `${seen} lies within ${formatFloor(noiseFloor)}` };
  return unclear(`${seen} ${reachOf(judged)}; ${cureOf(judged)}`);
}

function unclear(reason: string): Judgement {
  return { verdict: 'unclear', reason };
}

/** Why nothing can be said at all; null where something can. */
function obstacleOf({ ratio, open = ratio, runs }: JudgedRatio): string | null {
  const few = [
    [runs.baseline, 'the baseline'],
    [runs.contender, 'the contender'],
  ] as const;
  const told = few
    .filter(([count]) => count < FEWEST_RUNS)
    .map(([count, side]) => `${count} ${count === 1 ? 'run' : 'runs'} of ${side}`);
  if (told.length > 0)
    return `${told.join(' and ')}: at least ${FEWEST_RUNS} a side are needed, ${RECOMMENDED_RUNS} recommended; more of them with --runs ${RECOMMENDED_RUNS}`;
  if (hasEnds(ratio)) return null;
  return open !== ratio && Number.isFinite(ratio.value)
    ? `the clocks leave open that next to nothing of a side is left, so there is no ratio; ${LESS_OPEN}`
    : 'the baseline is about 0 in some resamples, so there is no ratio; an absolute difference is all that can be told';
}

/** An interval that reaches so many times as far as the value says nothing of it. */
const NO_END = 1000;

/** Whether a ratio is one, and its interval has an upper end: the truth may be next to nothing over next to nothing. */
export function hasEnds({ value, low, high }: ValueInterval): boolean {
  return [value, low, high].every(Number.isFinite) && high <= NO_END * value;
}

/** What narrows the bounds of corrected walls. */
const LESS_OPEN = 'less steal and less waiting for CPUs would tell, or --metric gpuTime or wallTime';

function judgeBeyond(
  { ratio, better, holmP, whyNoP, noiseFloor, alpha }: JudgedRatio,
  side: 'above' | 'below',
): Judgement {
  const seen = `interval ${formatInterval(ratio)} lies ${side} ${formatFloor(noiseFloor)}`;
  if (Number.isNaN(holmP))
    return unclear(`${seen}, but no p-value can be had${whyNoP === undefined ? '' : `: ${whyNoP}`}`);
  const p = `${formatP(holmP)} after Holm's correction over the cases`;
  if (holmP > alpha)
    return unclear(
      `${seen}, but ${p} is more than ${alpha}: too likely by chance among all that was compared; more runs, or fewer cases, would tell`,
    );
  const isSlower = (side === 'above') === (better === 'lower');
  return { verdict: isSlower ? 'slower' : 'faster', reason: `${seen}; ${p}` };
}

/** Where an interval reaches that is neither beyond the noise floor nor within it. */
function reachOf({ ratio, noiseFloor }: JudgedRatio): string {
  const floor = formatFloor(noiseFloor);
  const [below, above] = [ratio.low < 1 - noiseFloor, ratio.high > 1 + noiseFloor];
  if (noiseFloor === 0) return 'holds 1, and without a noise floor nothing is the same';
  if (below && above) return `reaches beyond both ends of ${floor}`;
  return `reaches from ${floor} to ${above ? 'above' : 'below'} it`;
}

/** Beyond so many runs the advice is another one. */
const MOST_RUNS = 200;

/** What would make it clear. */
function cureOf(judged: JudgedRatio): string {
  const { ratio, open = pointOf(ratio), noiseFloor } = judged;
  if (zoneOf(open.low, noiseFloor) !== zoneOf(open.high, noiseFloor))
    return `of it the clocks leave ${formatInterval(open)} open, which no number of runs narrows; ${LESS_OPEN}`;
  const distances = [open.low, open.high].map((end) => Math.abs(Math.abs(end - 1) - noiseFloor));
  const runs = runsNeeded(judged, Math.min(...distances));
  if (runs <= MOST_RUNS) return `about ${runs} runs a side would tell, if the ratio stays there`;
  // Were it further from the end, that many runs would do.
  const isNear = runsNeeded(judged, Math.max(noiseFloor, LEAST_FLOOR)) <= MOST_RUNS;
  return isNear
    ? 'so near the end of the noise floor no number of runs tells soon; another --noise-floor would'
    : `with runs that differ so much more than ${MOST_RUNS} a side would be needed; a quieter machine, or longer iterations, would help more`;
}

/** As far from 1 as a difference is worth a word, where no noise floor says it. */
const LEAST_FLOOR = 0.01;

function pointOf({ value }: ValueInterval): Pick<ValueInterval, 'low' | 'high'> {
  return { low: value, high: value };
}

/** Below the noise floor, in it, above it. */
function zoneOf(ratio: number, noiseFloor: number): -1 | 0 | 1 {
  if (ratio < 1 - noiseFloor) return -1;
  return ratio > 1 + noiseFloor ? 1 : 0;
}

/** Half-widths between ratio and end of the floor that suffice nine times in ten, midway between two ends too: (1.96 + 1.64) / 1.96. */
const NINE_IN_TEN = 1.84;

/**
 * Runs a side until the interval would lie on one side of the end of the noise floor nine times in ten, were the ratio `distance`
 * away from it: widths shrink with the square root of their number, but for what the clocks leave open.
 */
function runsNeeded({ ratio, open = pointOf(ratio), runs }: JudgedRatio, distance: number): number {
  const halfWidth = Math.max(0, ratio.high - open.high, open.low - ratio.low);
  const factor = ((NINE_IN_TEN * halfWidth) / distance) ** 2;
  const needed = Math.min(runs.baseline, runs.contender) * Math.max(1, factor);
  return needed > 20 ? Math.ceil(needed / 10) * 10 : Math.ceil(needed) + 1;
}

/** `0.995–1.024`: as many digits as tell its ends from 1. */
function formatInterval({ low, high }: Pick<ValueInterval, 'low' | 'high'>): string {
  const digits = high - low < 0.002 ? 4 : 3;
  const [from, to] = [low, high].map((end) => (end >= 1000 ? end.toPrecision(3) : end.toFixed(digits)));
  return `${from}–${to}`;
}

function formatFloor(noiseFloor: number): string {
  return noiseFloor === 0 ? '1' : `1 ± ${Number((noiseFloor * 100).toPrecision(3))} %`;
}

/** `p 0.03`, `p < 0.0001`. */
function formatP(p: number): string {
  if (p < 0.0001) return 'p < 0.0001';
  return `p ${p >= 0.9995 ? '1' : p.toPrecision(2)}`;
}
