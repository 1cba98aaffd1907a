// How probable a ratio this far beyond the noise floor would be if the true one lay within it: the p-value that a correction
// over many cases needs. Evidence are medians of runs; samples inside a run are none, and never come here.
import { type Sorted, sortedCopy } from './quantile.ts';
import { studentUpperTail } from './student-t.ts';

/** Trimmed from each end: with five runs one, with ten two. */
const TRIMMED = 0.2;

/** A mean of logarithms, trimmed or not, with the square of its standard error. */
interface Center {
  readonly mean: number;
  readonly variance: number;
  readonly degrees: number;
}

/**
 * The two-sided p-value of "contender / baseline lies within 1 ± `floor`".
 *
 * Twice the smaller p-value of two tests on the logarithms of run medians (Bonferroni), because each fails where the other is
 * strong: Welch's (B. L. Welch, Biometrika 34, 1947) sees nothing any more when one run in ten met a neighbour, and Yuen's of
 * trimmed means (K. K. Yuen, "The Two-Sample Trimmed t for Unequal Population Variances", Biometrika 61, 1974) hardly anything
 * with five runs. The null hypothesis is an interval, as in D. J. McCarthy and G. K. Smyth, "Testing significance relative to
 * a fold-change threshold is a TREAT" (Bioinformatics 25, 2009): p is the probability of a statistic as far out, on either
 * side, where the truth is the nearer end of the interval.
 *
 * Ranks and bootstrap counts cannot serve (docs/comparison.md): with 5 runs a side no exact p-value of ranks lies below
 * 2 / 252 = 0.008, so a family of seven cases could never show anything, not even a contender that takes twice as long; and counts of
 * B resamples end at 2 / (B + 1).
 *
 * @param baseline Median of each run; all above 0.
 * @returns NaN below two runs on a side, or where a median is not above 0.
 */
export function ratioTest(baseline: ArrayLike<number>, contender: ArrayLike<number>, floor: number): number {
  const [a, b] = [sortedCopy(baseline), sortedCopy(contender)];
  const isUsable = (side: Sorted): boolean => side.length >= 2 && (side[0] as number) > 0;
  if (!isUsable(a) || !isUsable(b)) return Number.NaN;
  const ps = [0, TRIMMED]
    .map((trimmed) => [centerOf(a, trimmed), centerOf(b, trimmed)] as const)
    // Clocks with long ticks give equal medians, and what is trimmed may hold all of the spread there is.
    .filter(([left, right]) => left.variance + right.variance > 0)
    .map(([left, right]) => tailOf(left, right, floor));
  if (ps.length === 0) return constantTail((b[0] as number) / (a[0] as number), floor, a.length, b.length);
  return Math.min(1, 2 * Math.min(...ps));
}

/** @param sorted At least two values, all above 0. */
function centerOf(sorted: Sorted, trimmed: number): Center {
  const n = sorted.length;
  const cut = Math.floor(trimmed * n);
  const logs = sorted.map(Math.log);
  const kept = logs.subarray(cut, n - cut);
  const winsorized = logs.map((_, i) => logs[Math.min(n - cut - 1, Math.max(cut, i))] as number);
  const squares = sumOfSquares(winsorized);
  return {
    mean: meanOf(kept),
    variance: squares / (kept.length * (kept.length - 1)),
    degrees: kept.length - 1,
  };
}

function meanOf(values: Float64Array): number {
  // Around the first, so that equal values have exactly their mean.
  const first = values[0] as number;
  return first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
}

function sumOfSquares(values: Float64Array): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

function tailOf(a: Center, b: Center, floor: number): number {
  const error = Math.sqrt(a.variance + b.variance);
  // Welch and Satterthwaite.
  const degrees =
    (a.variance + b.variance) ** 2 / (a.variance ** 2 / a.degrees + b.variance ** 2 / b.degrees);
  const [low, high] = [Math.log1p(-floor), Math.log1p(floor)];
  const difference = b.mean - a.mean;
  const [beyond, opposite] =
    difference >= 0 ? [difference - high, difference - low] : [low - difference, high - difference];
  const p = studentUpperTail(beyond / error, degrees) + studentUpperTail(opposite / error, degrees);
  return Math.min(1, p);
}

/**
 * Where no run of a side differs from another there is no error to compare with, only the order: the probability that
 * a random order of the runs separates the sides, 2 / (n over k) (exact permutation test).
 */
function constantTail(ratio: number, floor: number, a: number, b: number): number {
  if (ratio >= 1 - floor && ratio <= 1 + floor) return 1;
  let orders = 1;
  for (let i = 1; i <= Math.min(a, b); i++) orders *= (Math.max(a, b) + i) / i;
  return Math.min(1, 2 / orders);
}
