// How well a quantile of independent samples is known, without any assumption about their distribution: the counterpart
// of order-statistic-interval.ts for tails, where the pair of order statistics is not symmetric and may not exist.
import { quantileOfSorted, type Sorted } from './quantile.ts';

/** A quantile and the order statistics around it. */
export interface QuantileInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Exact probability that the interval covers the quantile; below what was asked for where the samples are too few. */
  readonly coverage: number;
}

/**
 * The order statistics between which the true quantile lies with at least `confidence`, each side missing it with half of
 * the rest at most.
 *
 * The number of samples below the quantile is binomial with n and p, so [x(r), x(s)] covers it with probability
 * P(r ≤ Bin(n, p) < s). See H. A. David and H. N. Nagaraja, "Order Statistics" (3rd edition, 2003), section 7.1. Where no
 * order statistic is far enough out, the interval ends with the smallest or the largest sample, and the coverage says so.
 *
 * @param sorted At least one value.
 * @param p Between 0 and 1, both excluded.
 */
export function quantileInterval(sorted: Sorted, p: number, confidence = 0.95): QuantileInterval {
  const limit = (1 - confidence) / 2;
  const n = sorted.length;
  const lower = ranksBelow(n, p, limit);
  const upper = ranksBelow(n, 1 - p, limit);
  const value = quantileOfSorted(sorted, p);
  return {
    value,
    // Of a few samples the interpolated quantile may lie outside of them.
    low: Math.min(value, sorted[Math.max(0, lower.rank - 1)] as number),
    high: Math.max(value, sorted[n - Math.max(1, upper.rank)] as number),
    coverage: 1 - lower.tail - upper.tail,
  };
}

/**
 * The largest k, counted from 1, with P(Bin(n, p) < k) ≤ `limit`, and that probability; where none is, 0 and the probability
 * that no sample at all is below.
 */
function ranksBelow(n: number, p: number, limit: number): { rank: number; tail: number } {
  // Logarithms, because the first probabilities of many samples are below what a number can hold.
  let logProbability = n * Math.log1p(-p);
  let tail = 0;
  let k = 0;
  for (; k < n; k++) {
    const longer = tail + Math.exp(logProbability);
    if (longer > limit) break;
    tail = longer;
    logProbability += Math.log((n - k) / (k + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return k === 0 ? { rank: 0, tail: Math.exp(logProbability) } : { rank: k, tail };
}
