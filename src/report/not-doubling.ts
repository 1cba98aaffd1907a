// Tells when twice the work did not take twice the time: the work was not done, or the time is not that of the work, and
// no rate follows from it. Pure.
import { DOUBLING_BOUNDS, isDouble } from '../stats/is-double.ts';
import { median } from '../stats/quantile.ts';
import type { SampledRun } from './case-samples.ts';

/** What is wrong, in words; null where the median of the runs that know is 2 within the bounds, or none knows. */
export function notDoubling(runs: readonly Pick<SampledRun, 'doubling'>[]): string | null {
  const tests = runs.flatMap(({ doubling }) => (doubling.available ? [doubling.value] : []));
  const ratio = median(tests.map((test) => test.ratio));
  if (tests.length === 0 || isDouble(ratio)) return null;
  const what = tests[0]?.axis ?? 'iterations';
  const { low, high } = DOUBLING_BOUNDS;
  return `twice the ${what} took ${ratio.toFixed(2)} times as long, not ${low} to ${high} times`;
}
