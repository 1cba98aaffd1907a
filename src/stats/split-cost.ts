// How well two medians describe a sequence that is split in two, for every place of the split at once. Pure numbers; whether
// a split means anything is asked elsewhere.
import { quantileOfSorted } from './quantile.ts';

/**
 * The place that leaves the least sum of absolute deviations from the medians of both parts.
 *
 * @param places Lengths of the first part, each from 1 to one less than the number of values; at least one.
 * @returns Index into `places`; of equal ones the first.
 */
export function leastAbsoluteSplit(values: Float64Array, places: readonly number[]): number {
  const before = costsOfBeginnings(values);
  const after = costsOfBeginnings(Float64Array.from(values).reverse());
  const costs = places.map((place) => (before[place] as number) + (after[values.length - place] as number));
  return costs.reduce((best, cost, at) => (cost < (costs[best] as number) ? at : best), 0);
}

/** The sum of absolute deviations from their median of the first 0, 1, 2… values. */
function costsOfBeginnings(values: Float64Array): Float64Array {
  const costs = new Float64Array(values.length + 1);
  const sorted = new Float64Array(values.length);
  values.forEach((value, count) => {
    let at = count;
    // Insertion: thousands of values at most, each moved within the cache.
    while (at > 0 && (sorted[at - 1] as number) > value) at--;
    sorted.copyWithin(at + 1, at, count);
    sorted[at] = value;
    costs[count + 1] = absoluteDeviation(sorted.subarray(0, count + 1));
  });
  return costs;
}

function absoluteDeviation(sorted: Float64Array): number {
  const center = quantileOfSorted(sorted, 0.5);
  let sum = 0;
  for (const value of sorted) sum += Math.abs(value - center);
  return sum;
}
