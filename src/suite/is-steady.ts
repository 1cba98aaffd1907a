// When a warm-up has come to its end: the time of a submission neither falls nor rises any more. Pure.
import { median } from '../stats/quantile.ts';

/** Half of the values on either side, at least so many. */
const LEAST_HALF = 3;
/** Medians of three to five samples of a steady machine differ by less. */
const SAME = 0.05;

/**
 * Whether the later half of some times is like the earlier one. Too few times say nothing against it.
 *
 * @param timesNs In the order in which they were measured.
 */
export function isSteady(timesNs: readonly number[]): boolean {
  const half = Math.floor(timesNs.length / 2);
  if (half < LEAST_HALF) return true;
  const [earlier, later] = [median(timesNs.slice(0, half)), median(timesNs.slice(-half))];
  return Math.abs(later - earlier) <= SAME * earlier;
}
