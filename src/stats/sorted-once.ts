// Sorts the samples of a run once, however many estimates are made of them: hundreds of reports are compared by a dozen estimates
// of the same runs. The copies live as long as the samples do.
import { quantileOfSorted, type Sorted, sortedCopy } from './quantile.ts';

const SORTED = new WeakMap<object, Sorted>();

/** An ascending copy of samples that nobody alters. */
export function sortedOnce(samples: ArrayLike<number>): Sorted {
  const known = SORTED.get(samples);
  if (known !== undefined) return known;
  const sorted = sortedCopy(samples);
  SORTED.set(samples, sorted);
  return sorted;
}

/** The median of samples that nobody alters; NaN where there are none. */
export function medianOnce(samples: ArrayLike<number>): number {
  return quantileOfSorted(sortedOnce(samples), 0.5);
}
