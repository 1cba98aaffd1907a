// Where most of many values lie, each side for itself, whatever a fifth of them does: how far is far must not be told by those that
// are far. Pure numbers.
import { quantileOfSorted, type Sorted } from './quantile.ts';

/** The middle of values, and what on each side corresponds to a standard deviation. */
export interface HalfSpreads {
  readonly center: number;
  readonly below: number;
  readonly above: number;
  /** How many values were not left aside. */
  readonly kept: number;
}

/** The distance from the median of a normal distribution to its quartiles, in standard deviations. */
const QUARTILE = 0.674_489_75;

/** What lies further out than this many spreads of the narrower side says nothing of the spread. */
const CUT = 5;

/** Where more than a quarter lies far out, they are no outliers but a part of what the values are. */
const LEAST_KEPT = 0.75;

/** Leaving aside moves the middle, and so what is left aside; it is settled by then. */
const PASSES = 3;

/**
 * Median and both distances to the quartiles (P. J. Rousseeuw and C. Croux, "Alternatives to the Median Absolute Deviation", JASA
 * 88, 1993, on why one for both sides misleads where they differ), of the values that are not far out by the narrower side: where
 * a fifth of the values lies far on one side, it is the other one that tells. Where more than a quarter does, all values count.
 *
 * @param least No spread is taken to be smaller: values that are all equal have none.
 */
export function halfSpreads(sorted: Sorted, least: number): HalfSpreads {
  const ofAll = spreadsOf(sorted, least);
  let kept = sorted;
  let spreads = ofAll;
  for (let pass = 1; pass < PASSES; pass++) {
    const reach = CUT * Math.min(spreads.below, spreads.above);
    const { center } = spreads;
    kept = sorted.filter((value) => Math.abs(value - center) <= reach);
    spreads = spreadsOf(kept, least);
  }
  return kept.length < LEAST_KEPT * sorted.length ? ofAll : spreads;
}

function spreadsOf(sorted: Sorted, least: number): HalfSpreads {
  const center = quantileOfSorted(sorted, 0.5);
  const side = (quartile: number): number =>
    Math.max(least, Math.abs(quantileOfSorted(sorted, quartile) - center) / QUARTILE);
  return { center, below: side(0.25), above: side(0.75), kept: sorted.length };
}
