// From the raw samples of a case to its metrics and warnings. Pure: the same report file always gives the
// same numbers again, so anyone can check them.
import { derivedSeed } from '../base/random.ts';
import { type BootstrapOptions, bootstrapMedian } from '../stats/bootstrap.ts';
import type { SampleColumns } from '../suite/case-run.ts';
import { columnOf, type Per, type SampledRun, sampleCount, sampledRuns } from './case-samples.ts';
import { caseWarnings } from './case-warnings.ts';
import { isContendedOnPurpose } from './completion-grid.ts';
import { correctedWallMetrics } from './corrected-wall.ts';
import { timestampProblem } from './device-timestamps.ts';
import { latencyMetrics } from './latency-metrics.ts';
import type { MetricId } from './metric-units.ts';
import { notDoubling } from './not-doubling.ts';
import type { RateMachine } from './rate-ceiling.ts';
import { type RatedCase, rateMetrics } from './rate-metrics.ts';
import type { CaseResult, Metric, ReportWarning } from './report.ts';
import { type StealShare, stealShare } from './steal-share.ts';

/** What was measured of a case, without what follows from it. */
export type MeasuredCase = Pick<CaseResult, 'id' | 'benchmark' | 'axes' | 'runs'> &
  Omit<RatedCase, 'machine'>;

/** What the numbers depend on besides the samples; both are in the report. */
export interface SummaryOptions {
  /** `command.seed`: the same seed gives the same intervals. */
  readonly seed: number;
  /** `device.limits.timestampPeriodNs`, or null without a device. */
  readonly timestampPeriodNs: number | null;
  /** `device.software` (false without a device) and `system.cpuCount`. */
  readonly machine: RateMachine;
  /** Resamples of an interval; default as bootstrapMedian() has it. */
  readonly resamples?: number;
}

/** What follows from the samples. */
export interface CaseSummary {
  readonly metrics: readonly Metric[];
  readonly warnings: readonly ReportWarning[];
}

/**
 * Computes the metrics and warnings of a case. Times are of one iteration, except where `method` says submission.
 * Runs that failed do not count; after a wrong output there are no metrics at all.
 */
export function summarizeCase(measured: MeasuredCase, options: SummaryOptions): CaseSummary {
  const runs = sampledRuns(measured.runs);
  if (runs.length === 0) return { metrics: [], warnings: [] };
  const times = TIMES.flatMap((time) =>
    timeMetric(time, runs, bootstrapOptions(options, `${measured.id}/${time.id}`)),
  );
  const clockProblem = timestampProblem(runs, options.timestampPeriodNs);
  const notDouble = notDoubling(runs);
  const rated = { ...measured, machine: options.machine };
  const rates = rateMetrics(rated, notDouble === null ? times : [], clockProblem === null);
  const steal = stealShare(runs);
  // The draws of the wall time: where nothing is taken off, the upper ends are the same.
  const corrected = correctedWallMetrics(runs, bootstrapOptions(options, `${measured.id}/wallTime`));
  const latency = measured.kind === 'latency' ? latencyMetrics(runs) : [];
  const bounds = steal === null ? [] : stealMetrics(steal);
  const metrics = [...times, ...corrected, ...latency, ...rates.metrics, ...bounds];
  const warnings = caseWarnings({
    kind: measured.kind,
    isContended: isContendedOnPurpose(measured),
    runs,
    metrics,
    steal,
    rateless: rates.rateless,
    isOneChain: measured.showsItemTime,
    impossible: rates.impossible,
    clockProblem,
    notDouble,
    ...options,
  });
  return { metrics, warnings };
}

function bootstrapOptions({ seed, resamples }: SummaryOptions, what: string): BootstrapOptions {
  return { seed: derivedSeed(seed, what), ...(resamples === undefined ? {} : { resamples }) };
}

interface TimeKind {
  readonly id: MetricId;
  readonly column: keyof SampleColumns;
  readonly per: Per;
  readonly what: string;
}

const TIMES: readonly TimeKind[] = [
  { id: 'gpuTime', column: 'gpuNs', per: 'iteration', what: 'device time between the timestamps' },
  {
    id: 'wallTime',
    column: 'wallNs',
    per: 'iteration',
    what: 'wall time from submit until the wait returned',
  },
  {
    id: 'cpuTime',
    column: 'cpuNs',
    per: 'iteration',
    what: 'CPU time of the measuring thread, ledger snapshots included',
  },
  { id: 'submitTime', column: 'submitNs', per: 'submission', what: 'wall time inside vkQueueSubmit' },
  {
    id: 'queueTime',
    column: 'queueNs',
    per: 'submission',
    what: 'from the end of vkQueueSubmit to the start on the device',
  },
  {
    id: 'wakeUpTime',
    column: 'wakeUpNs',
    per: 'submission',
    what: 'from the end on the device until the wait returned',
  },
  {
    id: 'runQueueWait',
    column: 'runQueueNs',
    per: 'iteration',
    what: 'run-queue wait of the measuring thread',
  },
  {
    id: 'throttledTime',
    column: 'throttledNs',
    per: 'iteration',
    what: 'the part of the run-queue wait that a CPU quota caused, at most',
  },
];

function timeMetric(
  { id, column, per, what }: TimeKind,
  runs: readonly SampledRun[],
  options: BootstrapOptions,
): readonly Metric[] {
  const estimate = bootstrapMedian(columnOf(runs, column, per), options);
  if (estimate === null) return [];
  const all = sampleCount(runs);
  const part = estimate.samples < all ? ` (known for ${estimate.samples} of ${all} samples)` : '';
  const { value, low, high } = estimate;
  return [{ id, unit: 'ns', value, low, high, method: `${what}, per ${per}${part}; ${estimate.method}` }];
}

function stealMetrics(steal: StealShare): readonly Metric[] {
  const part = steal.known < steal.samples ? `${steal.known} of ${steal.samples}` : `all ${steal.samples}`;
  const method = `share of the ledger's wall time of ${part} samples, added up; a bound and no estimate`;
  const counters = steal.narrowedByCounters
    ? '; narrowed by the steal counters of the CPUs while it was sampled'
    : '';
  return [
    { id: 'stealLow', unit: 'ratio', value: steal.low, low: steal.low, high: steal.low, method },
    {
      id: 'stealHigh',
      unit: 'ratio',
      value: steal.high,
      low: steal.high,
      high: steal.high,
      method: method + counters,
    },
  ];
}
