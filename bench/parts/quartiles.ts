// The middle of a handful of values, with the quartiles as its bounds: for figures that are no time of samples.
import { type Available, type FigureEstimate, quantileOfSorted } from 'guestmark';

/** Median and quartiles; at least one value. */
export function quartiles(values: ArrayLike<number>): FigureEstimate {
  const sorted = Float64Array.from(values).sort();
  return {
    value: quantileOfSorted(sorted, 0.5),
    low: quantileOfSorted(sorted, 0.25),
    high: quantileOfSorted(sorted, 0.75),
  };
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
