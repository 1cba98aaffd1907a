// The wall time of a case without steal, as an interval: the upper end takes off only steal that certainly
// delayed a sample, the lower end all that the counters of the CPUs still allow. Pure, from the raw columns.
import { type BootstrapOptions, bootstrapMedian } from '../stats/bootstrap.ts';
import { loweredSamplesNs } from '../timing/steal-budget.ts';
import type { SampledRun } from './case-samples.ts';
import type { Metric } from './report.ts';

/**
 * The metrics `correctedWallTime` and `correctedWallMean` of a case, per iteration; nothing where steal is unknown in
 * every sample.
 */
export function correctedWallMetrics(
  runs: readonly SampledRun[],
  options: BootstrapOptions,
): readonly Metric[] {
  const corrected = runs.map(correctedRun);
  const upper = bootstrapMedian(
    corrected.map(({ highNs }) => highNs),
    options,
  );
  const lower = bootstrapMedian(
    corrected.map(({ leastNs }) => leastNs),
    options,
  );
  if (upper === null || lower === null) return [];
  const counters = corrected.every(({ budgeted }) => budgeted)
    ? 'the low end as low as the steal counters of the CPUs allow'
    : 'the low end as low as the device and the ledger allow, because the steal counters of the CPUs are of no use';
  return [
    {
      id: 'correctedWallTime',
      unit: 'ns',
      value: upper.value,
      low: lower.low,
      high: upper.high,
      method: `wall time without steal, per iteration: value and high end without what certainly delayed a sample, ${counters}; ${upper.method}`,
    },
    meanMetric(corrected),
  ];
}

/**
 * Of the median the counters say little where much was stolen from few samples; of the mean they say all. A statement
 * about the samples that were taken, and so without an interval over runs.
 */
function meanMetric(runs: readonly CorrectedRun[]): Metric {
  const sum = (pick: (run: CorrectedRun) => number): number =>
    runs.reduce((total, run) => total + pick(run), 0);
  const iterations = sum((run) => run.highNs.length);
  const high = sum((run) => total(run.highNs)) / iterations;
  const low = sum((run) => Math.max(run.floorSumNs, total(run.highNs) - run.budgetNs)) / iterations;
  const method =
    'mean wall time of the samples that were taken, without steal, per iteration: between all that the steal counters ' +
    'of the CPUs allow and what certainly delayed a sample; a bound and no estimate';
  return { id: 'correctedWallMean', unit: 'ns', value: high, low, high, method };
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The samples of one run without steal, as far as the counters leave it open. */
export interface CorrectedRun {
  /** Samples without the steal that is certain, per iteration. */
  readonly highNs: Float64Array;
  /** The same samples where their median is the least that the counters allow. */
  readonly leastNs: Float64Array;
  /** Steal that may still be in the samples, and what they cannot go below, both summed and per iteration. */
  readonly budgetNs: number;
  readonly floorSumNs: number;
  /** Whether there were counters. */
  readonly budgeted: boolean;
}

/** What it takes to correct the samples of a run. */
export interface CorrectableRun extends Pick<SampledRun, 'samplingSteal' | 'iterations'> {
  readonly samples: Pick<SampledRun['samples'], 'wallNs' | 'correctedHighNs' | 'correctedFloorNs'>;
}

/** Takes the steal off the samples of a run; without any sample whose steal is known the arrays are empty. */
export function correctedRun(run: CorrectableRun): CorrectedRun {
  const { samplingSteal, iterations } = run;
  const { valuesNs, floorsNs, takenNs } = knownSamples(run.samples);
  const ceilingNs = samplingSteal.available ? samplingSteal.value.ceilingNs : null;
  const budgetNs = ceilingNs === null ? Number.POSITIVE_INFINITY : Math.max(0, ceilingNs - takenNs);
  const leastNs = loweredSamplesNs({ valuesNs, floorsNs, budgetNs });
  const floorSumNs = total(floorsNs) / iterations;
  return {
    highNs: valuesNs.map((valueNs) => valueNs / iterations),
    leastNs: leastNs.map((valueNs) => valueNs / iterations),
    budgetNs: budgetNs / iterations,
    floorSumNs,
    budgeted: ceilingNs !== null,
  };
}

/** The samples whose steal is known, and what is taken off them already, in ns. */
function knownSamples({ wallNs, correctedHighNs, correctedFloorNs }: CorrectableRun['samples']): {
  readonly valuesNs: Float64Array;
  readonly floorsNs: Float64Array;
  readonly takenNs: number;
} {
  const [valuesNs, floorsNs] = [new Float64Array(wallNs.length), new Float64Array(wallNs.length)];
  let [known, takenNs] = [0, 0];
  for (let i = 0; i < wallNs.length; i++) {
    const [highNs, floorNs] = [correctedHighNs[i] ?? null, correctedFloorNs[i] ?? null];
    if (highNs === null || floorNs === null) continue;
    takenNs += Math.max(0, (wallNs[i] as number) - highNs);
    valuesNs[known] = highNs;
    floorsNs[known++] = floorNs;
  }
  return { valuesNs: valuesNs.subarray(0, known), floorsNs: floorsNs.subarray(0, known), takenNs };
}
