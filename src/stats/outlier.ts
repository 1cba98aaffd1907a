// Labels samples that lie far from the others. Labels only: no sample is ever dropped, because the tail
// is where a virtual machine shows its damage.
import { quantileOfSorted, sortedCopy } from './quantile.ts';

/** How far a value lies outside the quartiles. */
export type OutlierClass = 'none' | 'mild' | 'severe';

/** The limits beyond which a value is an outlier. */
export interface Fences {
  readonly mildLow: number;
  readonly mildHigh: number;
  readonly severeLow: number;
  readonly severeHigh: number;
}

/**
 * The inner and outer fences of J. W. Tukey, "Exploratory Data Analysis" (1977), chapter 2: 1.5 and 3 times the
 * distance between the quartiles, outside the quartiles.
 */
export function tukeyFences(values: ArrayLike<number>): Fences {
  const sorted = sortedCopy(values);
  const [q1, q3] = [quantileOfSorted(sorted, 0.25), quantileOfSorted(sorted, 0.75)];
  const spread = q3 - q1;
  return {
    mildLow: q1 - 1.5 * spread,
    mildHigh: q3 + 1.5 * spread,
    severeLow: q1 - 3 * spread,
    severeHigh: q3 + 3 * spread,
  };
}

/** Where a value lies; one on a fence is inside it. */
export function classifyOutlier(value: number, fences: Fences): OutlierClass {
  if (value < fences.severeLow || value > fences.severeHigh) return 'severe';
  if (value < fences.mildLow || value > fences.mildHigh) return 'mild';
  return 'none';
}

/** Numbers of outliers among `values`. */
export function countOutliers(values: ArrayLike<number>): { readonly mild: number; readonly severe: number } {
  const fences = tukeyFences(values);
  const count = { mild: 0, severe: 0 };
  for (const value of Array.from(values)) {
    const outlier = classifyOutlier(value, fences);
    if (outlier !== 'none') count[outlier]++;
  }
  return count;
}
