// Values that an operation notes as it is timed, and the figures that follow from them: the last ones are kept, in room
// that was made before.
import type { FigureEstimate, OperationFigure } from 'guestmark';

/** The last values that were added. */
export interface RecentValues {
  /** Allocates nothing; of too many the oldest is overwritten. */
  add(value: number): void;
  /** How many were added. */
  count(): number;
  /** Those that are kept, ascending. */
  sorted(): Float64Array;
}

/** As many as the longest case takes samples, unless it says more. */
const ROOM = 4096;

export function recentValues(room = ROOM): RecentValues {
  const values = new Float64Array(room);
  let count = 0;
  return {
    add: (value) => {
      values[count % room] = value;
      count++;
    },
    count: () => count,
    sorted: () => values.slice(0, Math.min(room, count)).sort(),
  };
}

/** A figure that is known exactly: a count, the longest that was seen. */
export function exactly(value: number): OperationFigure['estimate'] {
  return known({ value, low: value, high: value });
}

/** A figure with its bounds. */
export function known(value: FigureEstimate): OperationFigure['estimate'] {
  return { available: true, value };
}

/** Two-sided 95 % of the normal distribution. */
const Z = 1.96;

/**
 * A quantile with its 95 % interval, from the ranks n p ± 1.96 √(n p (1 − p)): the binomial distribution of how many
 * values lie below it (David and Nagaraja, "Order Statistics", 2003, 7.1).
 *
 * @param errorNs How far each value may be off, which widens the interval.
 */
export function quantileOf(sorted: Float64Array, p: number, errorNs = 0): OperationFigure['estimate'] {
  const last = sorted.length - 1;
  if (last < 0) return { available: false, reason: 'nothing was sampled' };
  const half = Z * Math.sqrt(sorted.length * p * (1 - p));
  const at = (rank: number): number => sorted[Math.min(last, Math.max(0, rank))] as number;
  return known({
    value: at(Math.floor(last * p)),
    low: at(Math.floor(last * p - half)) - errorNs,
    high: at(Math.ceil(last * p + half)) + errorNs,
  });
}

/** Median, 95th percentile and maximum of what was noted, in ns. */
export function distributionFigures(
  values: RecentValues,
  { id, label, method }: Pick<OperationFigure, 'id' | 'label' | 'method'>,
  errorNs = 0,
): readonly OperationFigure[] {
  const sorted = values.sorted();
  const longest = sorted.at(-1);
  const maximum =
    longest === undefined
      ? quantileOf(sorted, 1)
      : known({ value: longest, low: longest - errorNs, high: longest + errorNs });
  const figure = (suffix: string, name: string, estimate: OperationFigure['estimate']): OperationFigure => ({
    id: `${id}${suffix}`,
    label: `${label}, ${name}`,
    unit: 'ns',
    estimate,
    method,
  });
  return [
    figure('P50', 'median', quantileOf(sorted, 0.5, errorNs)),
    figure('P95', '95th percentile', quantileOf(sorted, 0.95, errorNs)),
    figure('Max', 'longest', maximum),
  ];
}
