// What the steal counters of the CPUs still allow over many samples together. One sample is far shorter
// than a tick of /proc/stat, so for one the counters say nothing; for a thousand they say that the median
// cannot have been much lower. Pure arithmetic on samples and a budget.

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
  let highNs = lowerMedian(samples.valuesNs, half);
  let lowNs = lowerMedian(samples.floorsNs, half);
  if (highNs <= lowNs) return Math.min(lowNs, highNs);
  for (let i = 0; i < BISECTIONS; i++) {
    const middleNs = (lowNs + highNs) / 2;
    if (costNs(samples, middleNs, half) <= samples.budgetNs) highNs = middleNs;
    else lowNs = middleNs;
  }
  return highNs;
}

/**
 * The samples as they are where the median is least: those that would have to be lowered are, down to it. What
 * an interval over runs is then made of.
 */
export function loweredSamplesNs(samples: BudgetedSamples): Float64Array {
  if (!(samples.budgetNs > 0)) return Float64Array.from(samples.valuesNs);
  const leastNs = leastMedianNs(samples);
  return Float64Array.from(samples.valuesNs, (valueNs, i) =>
    (samples.floorsNs[i] as number) <= leastNs ? Math.min(valueNs, leastNs) : valueNs,
  );
}

function lowerMedian(values: ArrayLike<number>, half: number): number {
  return Float64Array.from(values).sort()[half - 1] as number;
}

/** The least steal that explains a median of `medianNs`; infinite where too many floors are above it. */
function costNs({ valuesNs, floorsNs }: BudgetedSamples, medianNs: number, half: number): number {
  const costs = Float64Array.from(valuesNs, (valueNs, i) =>
    (floorsNs[i] as number) > medianNs ? Number.POSITIVE_INFINITY : Math.max(0, valueNs - medianNs),
  ).sort();
  return costs.subarray(0, half).reduce((sum, cost) => sum + cost, 0);
}
