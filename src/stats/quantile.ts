// Quantiles and what follows from them. Pure numbers in, numbers out; knows nothing of clocks, units
// or reports.

/** Values in ascending order. Functions that take one do not sort again. */
export type Sorted = Float64Array;

/** An ascending copy of `values`; the original stays as it is. */
export function sortedCopy(values: ArrayLike<number>): Sorted {
  return Float64Array.from(values).sort();
}

/**
 * The quantile of type 7 in Hyndman and Fan, "Sample Quantiles in Statistical Packages" (The American
 * Statistician 50, 1996): linear between the order statistics around (n − 1)·p, counted from 0. The default
 * of R, NumPy and spreadsheets.
 *
 * @param p Between 0 and 1.
 * @returns NaN where there are no values.
 */
export function quantileOfSorted(sorted: Sorted, p: number): number {
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[below + 1] ?? low;
  return low + (position - below) * (high - low);
}

/** The quantile of values in any order; see {@link quantileOfSorted}. */
export function quantile(values: ArrayLike<number>, p: number): number {
  return quantileOfSorted(sortedCopy(values), p);
}

/** The middle value, or the mean of the two in the middle; NaN where there are no values. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/**
 * The median of the distances to the median, unscaled ({@link robustDeviation} scales it). NaN where there are no values.
 */
export function medianAbsoluteDeviation(values: ArrayLike<number>): number {
  const center = median(values);
  return median(Float64Array.from(values, (value) => Math.abs(value - center)));
}

/** Of a normal distribution: its standard deviation over its median absolute deviation. */
const NORMAL = 1.4826;

/** The standard deviation that a normal distribution with the same median absolute deviation has. NaN where there are no values. */
export function robustDeviation(values: ArrayLike<number>): number {
  return NORMAL * medianAbsoluteDeviation(values);
}
