// Tells when the device's timestamps are too coarse for what they time. The timestamp period is no help
// alone: some devices count in ticks of 1 ns but update the counter once in a microsecond.

import { formatNs } from '../base/units.ts';
import { quantileOfSorted, type Sorted, sortedCopy } from '../stats/quantile.ts';

/** Below it one tick more or less is 10 % of the time. */
const ENOUGH_TICKS = 10;
/** A step of 1 % is as coarse as the precision that sampling aims at. */
const COARSE_STEP = 0.01;
/** Equal values are a sign of a coarse timer where they are the majority. */
const MANY_EQUAL = 0.5;

/**
 * Why device times are limited by the timer, in words; null where they are not.
 *
 * @param runs Device times of whole submissions in ns, by run.
 * @param periodNs Length of a tick, or null where it is not known.
 */
export function timerLimit(runs: readonly Float64Array[], periodNs: number | null): string | null {
  const sorted = sortedCopy(runs.flatMap((run) => [...run]));
  if (sorted.length === 0) return null;
  const typicalNs = quantileOfSorted(sorted, 0.5);
  if (periodNs !== null && typicalNs < ENOUGH_TICKS * periodNs) {
    return `a submission takes ${formatNs(typicalNs)}, ${Math.round(typicalNs / periodNs)} ticks of ${formatNs(periodNs)}`;
  }
  const { equalShare, stepNs } = quantization(sorted);
  const coarseNs = Math.max(stepNs ?? 0, periodNs ?? 0);
  if (equalShare <= MANY_EQUAL || coarseNs <= COARSE_STEP * typicalNs) return null;
  return `most submissions take exactly the same ${formatNs(typicalNs)}, and the next value is ${formatNs(coarseNs)} away`;
}

/** Share of the most common value, and the smallest distance between two different ones (null if all are equal). */
function quantization(sorted: Sorted): { equalShare: number; stepNs: number | null } {
  let [longest, length, step] = [1, 1, Number.POSITIVE_INFINITY];
  for (let i = 1; i < sorted.length; i++) {
    const distance = (sorted[i] as number) - (sorted[i - 1] as number);
    length = distance === 0 ? length + 1 : 1;
    longest = Math.max(longest, length);
    if (distance > 0) step = Math.min(step, distance);
  }
  return { equalShare: longest / sorted.length, stepNs: Number.isFinite(step) ? step : null };
}
