// How well a ratio of two medians is known. It takes draws that others made, so that a side which is compared several times
// is resampled once; knows nothing of runs or samples.
import { quantileOfSorted } from './quantile.ts';

/** A value and the interval in which the truth lies with the confidence that was asked for. */
export interface ValueInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The ratio contender / baseline with a percentile interval: A. C. Davison and D. V. Hinkley, "Bootstrap Methods and their
 * Application" (1997), section 5.3. Sides are resampled independently, so the quotient of any two draws, one of each, is
 * a draw of the ratio. The point is the ratio of the medians themselves.
 *
 * @param baselineDraws As many as `contenderDraws`, of one sequence of random numbers each (`medianDraws()`).
 * @param baselineValue Above 0; the ratio is not a number otherwise.
 * @param confidence Between 0 and 1, both excluded.
 */
export function ratioInterval(
  baselineDraws: Float64Array,
  contenderDraws: Float64Array,
  baselineValue: number,
  contenderValue: number,
  confidence = 0.95,
): ValueInterval {
  const ratios = contenderDraws.map((draw, i) => draw / (baselineDraws[i] as number));
  const value = contenderValue / baselineValue;
  return baselineValue > 0
    ? around(value, ratios, confidence)
    : { value: Number.NaN, low: Number.NaN, high: Number.NaN };
}

/** A value with the percentile interval of its draws, in any order; they may be sorted in place. */
export function around(value: number, draws: Float64Array, confidence: number): ValueInterval {
  const sorted = draws.sort();
  return {
    value,
    // Of few draws, or of values in few steps, the value itself may lie beyond its draws' quantiles.
    low: Math.min(value, quantileOfSorted(sorted, (1 - confidence) / 2)),
    high: Math.max(value, quantileOfSorted(sorted, (1 + confidence) / 2)),
  };
}
