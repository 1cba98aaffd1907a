// What one wants to know of a latency besides its median: its tails, what of it is this tool's own work, and what the
// waiting thread did meanwhile. Pure, from the raw columns.
import { median, quantileOfSorted, type Sorted, sortedCopy } from '../stats/quantile.ts';
import { quantileInterval } from '../stats/quantile-interval.ts';
import type { SampleColumns } from '../suite/case-run.ts';
import type { OwnCost } from '../suite/operation.ts';
import { columnOf, ledgerShare, type SampledRun } from './case-samples.ts';
import type { MetricId } from './metric-units.ts';
import { formatPercent } from './percent.ts';
import type { Metric } from './report.ts';

/** The metrics that only latencies have; what no run knows is left out. */
export function latencyMetrics(runs: readonly SampledRun[]): readonly Metric[] {
  return [
    ...tailMetrics(runs),
    ...ownTime(runs),
    ...share(runs, 'cpuShare', 'cpuNs', 'CPU time of the measuring thread, that of the snapshots included'),
    ...share(runs, 'runQueueShare', 'runQueueNs', 'run-queue wait of the measuring thread'),
    ...switches(runs),
    ...interrupts(runs),
  ];
}

const QUANTILES: readonly (readonly [id: MetricId, p: number])[] = [
  ['wallTimeP5', 0.05],
  ['wallTimeP95', 0.95],
  ['wallTimeP99', 0.99],
];

function tailMetrics(runs: readonly SampledRun[]): readonly Metric[] {
  const sorted = pooled(columnOf(runs, 'wallNs', 'iteration'));
  if (sorted.length === 0) return [];
  const longest = Math.max(...runs.map(({ iterations }) => iterations));
  const mean =
    longest === 1 ? '' : `; a sample is the mean of ${longest} operations, so single ones lay further out`;
  const tails = QUANTILES.flatMap(([id, p]) => quantileMetric(id, p, sorted, mean));
  const max = quantileOfSorted(sorted, 1);
  const method = `the largest that was seen in ${sorted.length} samples, which more samples can only raise${mean}`;
  return [...tails, { id: 'wallTimeMax', unit: 'ns', value: max, low: max, high: max, method }];
}

/** A quantile beyond the outermost sample that can be expected would be an extreme by another name. */
function quantileMetric(id: MetricId, p: number, sorted: Sorted, mean: string): readonly Metric[] {
  if (sorted.length * Math.min(p, 1 - p) < 1 - 1e-9) return [];
  const { value, low, high, coverage } = quantileInterval(sorted, p);
  const method =
    `${Math.round(p * 100)} % quantile of the wall time, per iteration, over ${sorted.length} samples of all runs; ` +
    `the order statistics around it cover it with ${formatPercent(coverage)} if samples are independent${mean}`;
  return [{ id, unit: 'ns', value, low, high, method }];
}

function pooled(series: readonly Float64Array[]): Sorted {
  const all = new Float64Array(series.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const values of series) {
    all.set(values, at);
    at += values.length;
  }
  return sortedCopy(all);
}

function ownTime(runs: readonly SampledRun[]): readonly Metric[] {
  const costs = runs.flatMap(({ ownCost }) => (ownCost.available ? [ownCost.value] : []));
  if (costs.length === 0) return [];
  const own = (pick: (cost: OwnCost) => number): number[] =>
    costs.map((cost) => pick(cost) + cost.calls * cost.callNs);
  const method =
    'what this tool adds to an operation, contained in its times and not taken off: the time of an operation that does ' +
    'nothing, sampled in the same process in the same way, and what the binding takes for each native call; median of ' +
    `${costs.length} ${costs.length === 1 ? 'run' : 'runs'}, from the lowest to the highest end of the middle 90 %`;
  return [
    {
      id: 'ownTime',
      unit: 'ns',
      value: median(own(({ emptyNs }) => emptyNs)),
      low: Math.min(...own(({ emptyLowNs }) => emptyLowNs)),
      high: Math.max(...own(({ emptyHighNs }) => emptyHighNs)),
      method,
    },
  ];
}

function share(
  runs: readonly SampledRun[],
  id: MetricId,
  column: 'cpuNs' | 'runQueueNs',
  what: string,
): readonly Metric[] {
  const method = `${what}, as a share of the wall time between the snapshots of the same samples, added up; from the lowest run to the highest`;
  return overRuns(runs, id, 'ratio', method, (some) => ledgerShare(some, column));
}

function switches(runs: readonly SampledRun[]): readonly Metric[] {
  const method =
    'voluntary context switches of the measuring thread between the snapshots, per sample: how often it slept; the mean, from the lowest run to the highest';
  return overRuns(runs, 'switchesPerSample', 'count', method, (some) => meanOf(some, 'voluntarySwitches'));
}

function interrupts(runs: readonly SampledRun[]): readonly Metric[] {
  const counted = runs.flatMap((run) => (run.interrupts.available ? [{ run, ...run.interrupts.value }] : []));
  const sources = [...new Set(counted.flatMap((one) => one.sources))].join(', ');
  const method = `interrupts of ${sources} on all CPUs while the case was sampled, per sample; the mean, from the lowest run to the highest`;
  const perSample = (some: readonly SampledRun[]): number | null => {
    const those = counted.filter(({ run }) => some.includes(run));
    const samples = those.reduce((sum, { run }) => sum + run.samples.wallNs.length, 0);
    return samples === 0 ? null : those.reduce((sum, { count }) => sum + count, 0) / samples;
  };
  return overRuns(runs, 'gpuInterrupts', 'count', method, perSample);
}

/** A figure over all samples, between those of the single runs. */
function overRuns(
  runs: readonly SampledRun[],
  id: MetricId,
  unit: Metric['unit'],
  method: string,
  figure: (runs: readonly SampledRun[]) => number | null,
): readonly Metric[] {
  const value = figure(runs);
  if (value === null) return [];
  const single = runs.flatMap((run) => figure([run]) ?? []);
  return [{ id, unit, value, low: Math.min(...single), high: Math.max(...single), method }];
}

function meanOf(runs: readonly SampledRun[], column: keyof SampleColumns): number | null {
  const values = pooled(columnOf(runs, column, 'submission'));
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
