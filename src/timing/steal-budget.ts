// What the steal counters of the CPUs still allow over many samples together. One sample is far shorter
// than a tick of /proc/stat, so for one the counters say nothing; for a thousand they say that the median
// cannot have been much lower. Pure arithmetic on samples and a budget.
import { sortTogether } from '../stats/sort-together.ts';

/** Samples that steal may have lengthened, and how much of it there can have been in all. */
export interface BudgetedSamples {
  /** In ns, without the steal that is certain. */
  readonly valuesNs: ArrayLike<number>;
  /** What no correction goes below, by sample, in ns. */
  readonly floorsNs: ArrayLike<number>;
  /** Steal that may still be in the samples, in ns over all of them. */
  readonly budgetNs: number;
}

/** Enough for a relative error of 1e-12. */
const BISECTIONS = 48;

/**
 * The least that the median of the samples can be without steal, in ns; NaN without samples.
 *
 * To have a median of t, half of the samples (the one in the middle included) must be at most t. Which half took
 * the steal is not known; the cheapest way is to lower those that are nearest, which takes Σ max(0, x − t) over
 * them. The result is the t for which that sum is the budget. A sample whose floor is above t cannot be lowered
 * to it.
 */
export function leastMedianNs(samples: BudgetedSamples): number {
  const count = samples.valuesNs.length;
  if (count === 0) return Number.NaN;
  const half = Math.floor((count - 1) / 2) + 1;
  const sorted = sortedByValue(samples);
  let highNs = sorted.valuesNs[half - 1] as number;
  let lowNs = Float64Array.from(samples.floorsNs).sort()[half - 1] as number;
  if (highNs <= lowNs) return Math.min(lowNs, highNs);
  for (let i = 0; i < BISECTIONS; i++) {
    const middleNs = (lowNs + highNs) / 2;
    if (costNs(sorted, middleNs, half) <= samples.budgetNs) highNs = middleNs;
    else lowNs = middleNs;
  }
  return highNs;
}

/**
 * The samples as they are where the median is least: those that would have to be lowered are, down to it. What
 * an interval over runs is then made of.
 */
export function loweredSamplesNs(samples: BudgetedSamples): Float64Array {
  const loweredNs = Float64Array.from(samples.valuesNs);
  if (!(samples.budgetNs > 0)) return loweredNs;
  const leastNs = leastMedianNs(samples);
  for (let i = 0; i < loweredNs.length; i++)
    if ((samples.floorsNs[i] as number) <= leastNs && (loweredNs[i] as number) > leastNs)
      loweredNs[i] = leastNs;
  return loweredNs;
}

interface SortedSamples {
  readonly valuesNs: Float64Array;
  readonly floorsNs: Float64Array;
}

/** The samples from the shortest to the longest: sorted once, because hundreds of reports are corrected. */
function sortedByValue(samples: BudgetedSamples): SortedSamples {
  const valuesNs = Float64Array.from(samples.valuesNs);
  const floorsNs = Float64Array.from(samples.floorsNs);
  sortTogether(valuesNs, floorsNs);
  return { valuesNs, floorsNs };
}

/** The least steal that explains a median of `medianNs`; infinite where too many floors are above it. */
function costNs({ valuesNs, floorsNs }: SortedSamples, medianNs: number, half: number): number {
  let [sumNs, lowered] = [0, 0];
  for (let i = 0; lowered < half && i < valuesNs.length; i++) {
    if ((floorsNs[i] as number) > medianNs) continue;
    sumNs += Math.max(0, (valuesNs[i] as number) - medianNs);
    lowered++;
  }
  return lowered < half ? Number.POSITIVE_INFINITY : sumNs;
}
