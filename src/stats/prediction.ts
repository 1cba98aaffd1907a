// Whether a new value is like those before it: the interval in which the next one would lie. Pure numbers; knows nothing of what
// the values are of.
import type { ValueInterval } from './ratio-interval.ts';
import { studentUpperTail } from './student-t.ts';

/** A new value over the mean of those before. */
export interface Prediction {
  /** The interval is that of the quotient: where the spread of the values before leaves it. */
  readonly ratio: ValueInterval;
  /** Of a quotient so far out where the true one lies within 1 ± the noise floor; two-sided. */
  readonly p: number;
}

/** Below so many values their spread is not known to a factor of two. */
export const FEWEST_BEFORE = 3;

/**
 * The prediction interval of a normal sample, on logarithms: mean ± t · s · √(1 + 1/n) holds one further value (G. J. Hahn and
 * W. Q. Meeker, "Statistical Intervals" (1991), section 4.7). Unlike an interval of means it holds what differs from one value to
 * the next, which no number of samples inside them tells.
 *
 * @param before At least {@link FEWEST_BEFORE} values above 0.
 * @param next Above 0.
 */
export function predictionOf(
  before: readonly number[],
  next: number,
  { noiseFloor, confidence = 0.95 }: { readonly noiseFloor: number; readonly confidence?: number },
): Prediction {
  const logs = before.map(Math.log);
  const n = logs.length;
  // Around the first, so that equal values have exactly their mean.
  const first = logs[0] as number;
  const mean = first + logs.reduce((sum, one) => sum + (one - first), 0) / n;
  const squares = logs.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const difference = Math.log(next) - mean;
  const error = Math.sqrt((squares / (n - 1)) * (1 + 1 / n));
  const half = studentQuantile((1 - confidence) / 2, n - 1) * error;
  return {
    ratio: {
      value: Math.exp(difference),
      low: Math.exp(difference - half),
      high: Math.exp(difference + half),
    },
    p: error > 0 ? tail(difference, error, n - 1, noiseFloor) : constantTail(difference, n, noiseFloor),
  };
}

/** As in ratio-test.ts: the null hypothesis is an interval. */
function tail(difference: number, error: number, degrees: number, floor: number): number {
  const [low, high] = [Math.log1p(-floor), Math.log1p(floor)];
  const [beyond, opposite] =
    difference >= 0 ? [difference - high, difference - low] : [low - difference, high - difference];
  return Math.min(1, studentUpperTail(beyond / error, degrees) + studentUpperTail(opposite / error, degrees));
}

/** Where no value differs from another there is only the order: the new one is the most extreme of n + 1. */
function constantTail(difference: number, n: number, floor: number): number {
  const isWithin = difference >= Math.log1p(-floor) && difference <= Math.log1p(floor);
  return isWithin ? 1 : Math.min(1, 2 / (n + 1));
}

/** The t above which a share of the distribution lies, by halving: it is not asked for often. */
function studentQuantile(share: number, degrees: number): number {
  let [low, high] = [0, 1e6];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (studentUpperTail(middle, degrees) > share) low = middle;
    else high = middle;
  }
  return high;
}
