// The few numbers by which a set of samples is described. Describes only: how well a number is known is
// the business of bootstrap.ts.
import { countOutliers } from './outlier.ts';
import { medianAbsoluteDeviation, quantileOfSorted, sortedCopy } from './quantile.ts';

/** A set of samples in numbers, in the unit of the samples. */
export interface Summary {
  readonly count: number;
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly p99: number;
  readonly max: number;
  readonly mean: number;
  /** Unscaled; see {@link medianAbsoluteDeviation}. */
  readonly medianAbsoluteDeviation: number;
  readonly outliers: { readonly mild: number; readonly severe: number };
}

/** Describes samples; null where there are none. */
export function summarize(samples: ArrayLike<number>): Summary | null {
  const sorted = sortedCopy(samples);
  if (sorted.length === 0) return null;
  return {
    count: sorted.length,
    min: quantileOfSorted(sorted, 0),
    q1: quantileOfSorted(sorted, 0.25),
    median: quantileOfSorted(sorted, 0.5),
    q3: quantileOfSorted(sorted, 0.75),
    p99: quantileOfSorted(sorted, 0.99),
    max: quantileOfSorted(sorted, 1),
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    medianAbsoluteDeviation: medianAbsoluteDeviation(sorted),
    outliers: countOutliers(sorted),
  };
}
