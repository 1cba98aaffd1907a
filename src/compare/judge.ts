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
  readonly better: 'lower' | 'higher';
  readonly runs: { readonly baseline: number; readonly contender: number };
  /** Of no difference beyond the noise floor, adjusted for the number of cases; NaN where there is none. */
  readonly holmP: number;
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
function obstacleOf({ ratio, runs }: JudgedRatio): string | null {
  const few = [
    [runs.baseline, 'the baseline'],
    [runs.contender, 'the contender'],
  ] as const;
  const told = few
    .filter(([count]) => count < FEWEST_RUNS)
    .map(([count, side]) => `${count} ${count === 1 ? 'run' : 'runs'} of ${side}`);
  if (told.length > 0)
    return `${told.join(' and ')}: at least ${FEWEST_RUNS} a side are needed, ${RECOMMENDED_RUNS} recommended; more of them with --runs ${RECOMMENDED_RUNS}`;
  if (![ratio.value, ratio.low, ratio.high].every(Number.isFinite))
    return 'the baseline is 0 in some resamples, so there is no ratio; an absolute difference is all that can be told';
  return null;
}

function judgeBeyond(
  { ratio, better, holmP, noiseFloor, alpha }: JudgedRatio,
  side: 'above' | 'below',
): Judgement {
  const seen = `interval ${formatInterval(ratio)} lies ${side} ${formatFloor(noiseFloor)}`;
  if (Number.isNaN(holmP))
    return unclear(`${seen}, but no p-value can be had of medians that are 0; longer iterations would tell`);
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
  const runs = runsNeeded(judged);
  return runs <= MOST_RUNS
    ? `about ${runs} runs a side would tell, if the ratio stays there`
    : 'so near the end of the noise floor no number of runs tells soon; another --noise-floor would';
}

/** Half-widths between ratio and end of the floor that suffice nine times in ten, midway between two ends too: (1.96 + 1.64) / 1.96. */
const NINE_IN_TEN = 1.84;

/**
 * Runs a side until the interval would lie on one side of the end of the noise floor nine times in ten, were the ratio where it
 * is now: widths shrink with the square root of their number.
 */
function runsNeeded({ ratio, runs, noiseFloor }: JudgedRatio): number {
  const distance = Math.abs(Math.abs(ratio.value - 1) - noiseFloor);
  const halfWidth = Math.max(ratio.high - ratio.value, ratio.value - ratio.low);
  const factor = ((NINE_IN_TEN * halfWidth) / distance) ** 2;
  const needed = Math.min(runs.baseline, runs.contender) * Math.max(1, factor);
  return needed > 20 ? Math.ceil(needed / 10) * 10 : Math.ceil(needed) + 1;
}

/** `0.995–1.024`: as many digits as tell its ends from 1. */
function formatInterval({ low, high }: ValueInterval): string {
  const digits = high - low < 0.002 ? 4 : 3;
  return `${low.toFixed(digits)}–${high.toFixed(digits)}`;
}

function formatFloor(noiseFloor: number): string {
  return noiseFloor === 0 ? '1' : `1 ± ${Number((noiseFloor * 100).toPrecision(3))} %`;
}

/** `p 0.03`, `p < 0.0001`. */
function formatP(p: number): string {
  if (p < 0.0001) return 'p < 0.0001';
  return `p ${p >= 0.9995 ? '1' : p.toPrecision(2)}`;
}
