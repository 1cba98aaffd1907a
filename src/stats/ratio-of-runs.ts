// Two sides of samples in, one ratio out, with everything that is said about it: the one way from samples to a comparison, for
// cases, change points and programs that check either. Knows nothing of metrics or verdicts.
import { derivedSeed } from '../base/random.ts';
import { medianDraws } from './median-draws.ts';
import { median, quantileOfSorted, sortedCopy } from './quantile.ts';
import { around, ratioInterval, type ValueInterval } from './ratio-interval.ts';

/** Parameters of the bootstrap. */
export interface RatioOptions {
  /** The same seed gives the same intervals. */
  readonly seed: number;
  /** Default 10,000. */
  readonly resamples?: number;
  /** Default 0.95. */
  readonly confidence?: number;
}

/** The medians of run medians of two sides, and how they relate. */
export interface RatioOfRuns {
  readonly baseline: ValueInterval;
  readonly contender: ValueInterval;
  /** Contender over baseline; not a number where the baseline is not above 0. */
  readonly ratio: ValueInterval;
  /** The median of every run with samples: baseline, contender. */
  readonly runMedians: readonly [Float64Array, Float64Array];
}

/** Enough for the 2.5 % quantile to be stable to a few percent of the interval's width. */
const RESAMPLES = 10_000;

/**
 * Compares two sides by the median of run medians, with intervals of a hierarchical bootstrap over runs and samples.
 *
 * @param baselineRuns Samples of every run; a run without samples does not count.
 * @returns null where a side has no sample at all.
 */
export function ratioOf(
  baselineRuns: readonly Float64Array[],
  contenderRuns: readonly Float64Array[],
  { seed, resamples = RESAMPLES, confidence = 0.95 }: RatioOptions,
): RatioOfRuns | null {
  const [baselineMedians, contenderMedians] = [runMediansOf(baselineRuns), runMediansOf(contenderRuns)];
  if (baselineMedians.length === 0 || contenderMedians.length === 0) return null;
  const [baseline, contender] = [median(baselineMedians), median(contenderMedians)];
  const baselineDraws = medianDraws(baselineRuns, { seed: derivedSeed(seed, 'baseline'), resamples });
  const contenderDraws = medianDraws(contenderRuns, { seed: derivedSeed(seed, 'contender'), resamples });
  return {
    // First, because the intervals of the sides sort their draws.
    ratio: ratioInterval(baselineDraws, contenderDraws, baseline, contender, confidence),
    baseline: around(baseline, baselineDraws, confidence),
    contender: around(contender, contenderDraws, confidence),
    runMedians: [baselineMedians, contenderMedians],
  };
}

/** The median of every run that has samples. */
export function runMediansOf(runs: readonly Float64Array[]): Float64Array {
  return Float64Array.from(
    runs.filter(({ length }) => length > 0),
    (run) => quantileOfSorted(sortedCopy(run), 0.5),
  );
}
