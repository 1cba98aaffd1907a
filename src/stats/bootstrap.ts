// How well a median is known when samples come in runs. A run is a process; samples inside it share its
// memory placement, clocks and neighbours and are no independent evidence, so runs are resampled first
// and the samples inside each of them second.
import { type Random, seededRandom } from '../base/random.ts';
import { median, quantileOfSorted, type Sorted, sortedCopy } from './quantile.ts';
import { drawResampledMedian } from './resampled-median.ts';

/** The median of run medians with its interval. */
export interface MedianEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Runs with at least one sample. */
  readonly runs: number;
  readonly samples: number;
  /** How value and interval were obtained, in words. */
  readonly method: string;
}

/** Parameters of the bootstrap. */
export interface BootstrapOptions {
  /** The same seed gives the same interval. */
  readonly seed: number;
  /** Default 10,000. */
  readonly resamples?: number;
  /** Default 0.95. */
  readonly confidence?: number;
}

/** Enough for the 2.5 % quantile to be stable to a few percent of the interval's width. */
const RESAMPLES = 10_000;

/**
 * Median of run medians with a percentile interval from a hierarchical bootstrap: A. C. Davison and D. V. Hinkley,
 * "Bootstrap Methods and their Application" (1997), section 3.8; percentile interval section 5.3.
 *
 * @param runs Samples of every run; a run without samples does not count.
 * @returns null where there is no sample at all.
 */
export function bootstrapMedian(
  runs: readonly ArrayLike<number>[],
  options: BootstrapOptions,
): MedianEstimate | null {
  const sorted = runs.filter(({ length }) => length > 0).map(sortedCopy);
  if (sorted.length === 0) return null;
  const { seed, resamples = RESAMPLES, confidence = 0.95 } = options;
  const draws = drawsOf(sorted, resamples, seed);
  return {
    value: median(sorted.map((run) => quantileOfSorted(run, 0.5))),
    low: quantileOfSorted(draws, (1 - confidence) / 2),
    high: quantileOfSorted(draws, (1 + confidence) / 2),
    runs: sorted.length,
    samples: sorted.reduce((sum, run) => sum + run.length, 0),
    method: methodOf(sorted.length, resamples, confidence),
  };
}

function drawsOf(runs: readonly Sorted[], resamples: number, seed: number): Sorted {
  const [least, most] = [runs[0]?.[0] as number, runs[0]?.at(-1) as number];
  // Of waits that never happened every resample has the same median.
  if (runs.every((run) => run[0] === least && run.at(-1) === most) && least === most)
    return sortedCopy([least]);
  const draw = medianOfRunMedians(runs, seededRandom(seed));
  return sortedCopy(Float64Array.from({ length: resamples }, draw));
}

/**
 * Draws the median of run medians of one resample, again and again.
 *
 * @param runs At least one, each with at least one value.
 */
export function medianOfRunMedians(runs: readonly Sorted[], random: Random): () => number {
  const medians = new Float64Array(runs.length);
  return () => {
    for (let i = 0; i < medians.length; i++) {
      const run = runs[Math.floor(random() * runs.length)] as Sorted;
      medians[i] = drawResampledMedian(run, random);
    }
    return quantileOfSorted(medians.sort(), 0.5);
  };
}

/**
 * With few runs no interval made of them can promise 95 %: minimum to maximum of n independent values covers
 * their median with probability 1 − 2^(1−n).
 */
function methodOf(runs: number, resamples: number, confidence: number): string {
  const percent = `${Math.round(confidence * 100)} %`;
  if (runs === 1) {
    return `median of one run; ${percent} interval by a bootstrap of its samples (${resamples} resamples), which holds within this run only`;
  }
  const most = 1 - 2 ** (1 - runs);
  const caution =
    most < confidence ? `; ${runs} runs cannot promise more than ${(most * 100).toFixed(0)} %` : '';
  return `median of ${runs} run medians; ${percent} interval by a hierarchical bootstrap over runs and samples (${resamples} resamples)${caution}`;
}
