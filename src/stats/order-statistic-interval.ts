// How well the median of independent samples is known, without any assumption about their distribution.
// Cheap enough to ask after every sample; for the stopping rule inside one run.
import { quantileOfSorted, sortedCopy } from './quantile.ts';

/** A median and the order statistics around it. */
export interface MedianInterval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** Exact probability that the interval covers the median, at least what was asked for. */
  readonly coverage: number;
}

/**
 * The narrowest symmetric pair of order statistics that covers the true median with at least `confidence`.
 *
 * The number of samples below the median is binomial with n and 1/2, so [x(k), x(n+1−k)] covers it with
 * probability 1 − 2·P(Bin(n, ½) < k). See H. A. David and H. N. Nagaraja, "Order Statistics" (3rd edition, 2003),
 * section 7.1.
 *
 * @returns null where even minimum to maximum covers it less often: below 6 samples at 95 %.
 */
export function medianInterval(samples: ArrayLike<number>, confidence = 0.95): MedianInterval | null {
  const sorted = sortedCopy(samples);
  const { rank, tail } = rankOf(sorted.length, (1 - confidence) / 2);
  if (rank === 0) return null;
  return {
    median: quantileOfSorted(sorted, 0.5),
    low: sorted[rank - 1] as number,
    high: sorted[sorted.length - rank] as number,
    coverage: 1 - 2 * tail,
  };
}

/** The largest k, counted from 1, with P(Bin(n, ½) < k) ≤ `limit`, and that probability; 0 where none is. */
function rankOf(n: number, limit: number): { rank: number; tail: number } {
  // Logarithms, because 2 ** -n is 0 for more than 1074 samples.
  let logProbability = -n * Math.LN2;
  let tail = 0;
  let k = 0;
  for (; 2 * k < n; k++) {
    const longer = tail + Math.exp(logProbability);
    if (longer > limit) break;
    tail = longer;
    logProbability += Math.log((n - k) / (k + 1));
  }
  return { rank: k, tail };
}
