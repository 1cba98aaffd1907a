// Which samples of a report stand behind a point, and what its value is. Rates are computed of times and of what an iteration does.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { ComparedMetric, ComparedValue } from '../compare/comparison.ts';
import { type ComparedTimeId, type MetricRuns, runsOfTime } from '../compare/metric-sources.ts';
import type { CaseEvidence } from '../evidence/evidence.ts';
import { medianDraws } from '../stats/median-draws.ts';
import { median } from '../stats/quantile.ts';
import { around } from '../stats/ratio-interval.ts';
import { runMediansOf } from '../stats/ratio-of-runs.ts';
import type { HistoryMetricId, HistoryOptions } from './history.ts';

/** What a series is of: a time, and what makes a rate of it. */
export interface SeriesMetric {
  readonly id: HistoryMetricId;
  readonly unit: ComparedMetric['unit'];
  readonly better: ComparedMetric['better'];
  readonly time: ComparedTimeId;
  /** What an iteration does, of a rate; null for a time. */
  readonly amount: number | null;
}

const RATES = {
  bandwidth: { unit: 'B/s', amount: 'bytes' },
  arithmetic: { unit: 'FLOP/s', amount: 'flops' },
  itemRate: { unit: '1/s', amount: 'items' },
} as const;

/** Chooses the metric of a case, the same for all of its reports; or says why it has none. */
export function chooseMetric(one: CaseEvidence, metric: HistoryOptions['metric']): Available<SeriesMetric> {
  if (one.runs.length === 0) return unavailable(one.problems[0] ?? 'no report has a run of it');
  if (metric === 'auto') return available(timeMetric(mainTime(one)));
  if (metric === 'gpuTime' || metric === 'wallTime' || metric === 'correctedWallTime') {
    return runsOfTime(one, metric) === null
      ? unavailable(one.problems[0] ?? `no report has a ${metric} of it`)
      : available(timeMetric(metric));
  }
  const { unit, amount } = RATES[metric];
  const perIteration = one[amount];
  if (perIteration === null) {
    const problem = one.problems.find((text) => text.startsWith('no rate'));
    return unavailable(problem ?? `its benchmark does not say how many ${amount} an iteration has`);
  }
  return available({ id: metric, unit, better: 'higher', time: mainTime(one), amount: perIteration });
}

function timeMetric(id: 'gpuTime' | 'wallTime' | 'correctedWallTime'): SeriesMetric {
  return { id, unit: 'ns', better: 'lower', time: id, amount: null };
}

/** Device time of a throughput; a series that has it in part only is of one clock nevertheless. */
function mainTime({ kind, runs }: CaseEvidence): 'gpuTime' | 'wallTime' {
  const isKnown = runs.every(({ times }) => (times.gpuTime?.length ?? 0) > 0);
  return kind === 'throughput' && isKnown ? 'gpuTime' : 'wallTime';
}

/** Of the runs of one report those that have the metric; null where none has. */
export function runsOfPoint(report: Pick<CaseEvidence, 'runs'>, { time }: SeriesMetric): MetricRuns | null {
  return runsOfTime(report, time);
}

/**
 * Value and 95 % interval of a point. Of a corrected wall time the interval also holds what the clocks leave open, and the value
 * takes off only what certainly delayed a sample, as in a report.
 */
export function valueOfPoint(
  { low, high }: MetricRuns,
  { amount }: SeriesMetric,
  options: Resampling,
): ComparedValue | null {
  const upper = intervalOf(high, options);
  const lower = low === high ? upper : intervalOf(low, options);
  const time = { ...upper, low: Math.min(lower.low, upper.low) };
  return amount === null ? time : rateOf(time, amount);
}

interface Resampling {
  readonly seed: number;
  readonly resamples: number;
}

/** The median of run medians with its interval by a hierarchical bootstrap, as in a report but of fewer resamples. */
function intervalOf(runs: readonly Float64Array[], { seed, resamples }: Resampling): ComparedValue {
  const draws = medianDraws(runs, { seed, resamples });
  return around(median(runMediansOf(runs)), draws, 0.95);
}

/** Null where the time may be 0. */
function rateOf({ value, low, high }: ComparedValue, amount: number): ComparedValue | null {
  if (!(low > 0)) return null;
  const perSecond = (ns: number): number => (amount / ns) * 1e9;
  return { value: perSecond(value), low: perSecond(high), high: perSecond(low) };
}
