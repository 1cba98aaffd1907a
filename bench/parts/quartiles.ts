// The middle of a handful of values, with the quartiles as its bounds: for figures that are no time of samples.
import type { Available, FigureEstimate } from 'guestmark';

/** The value at a share of the sorted values, between neighbours in proportion. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] as number;
  return below + ((sorted[Math.ceil(at)] as number) - below) * (at % 1);
}

/** Median and quartiles; at least one value. */
export function quartiles(values: ArrayLike<number>): FigureEstimate {
  const sorted = Float64Array.from(values).sort();
  return { value: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

/** The ratio of two medians, and the least and the most that the quartiles allow. */
export function ratioOf(above: FigureEstimate, below: FigureEstimate): Available<FigureEstimate> {
  if (!(below.low > 0)) return { available: false, reason: 'what it is held against is not above 0' };
  const value = {
    value: above.value / below.value,
    low: above.low / below.high,
    high: above.high / below.low,
  };
  return { available: true, value };
}
