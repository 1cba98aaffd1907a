// By which metric a case is judged, and how probable its difference would be by chance. The verdict itself is in judge.ts,
// after all cases are known, because they share one budget of false alarms.
import { type Available, available, unavailable } from '../base/availability.ts';
import { median, quantileOfSorted, sortedCopy } from '../stats/quantile.ts';
import { ratioTest } from '../stats/ratio-test.ts';
import { medianOnce } from '../stats/sorted-once.ts';
import { FEWEST_FOR_TAIL, timeOfRates } from './compared-metrics.ts';
import type { ComparedMetric, ComparedMetricId, CompareOptions } from './comparison.ts';
import { type ComparedTimeId, type MetricRuns, runsOfTime } from './metric-sources.ts';
import type { CasePair } from './pair-cases.ts';

/** The metric that was asked for, or for `auto` the one that the kind of the case is about; null where a side lacks it. */
export function judgedMetric(
  { baseline, contender }: CasePair,
  asked: CompareOptions['metric'],
): ComparedMetricId | null {
  if (asked !== 'auto') return asked;
  const has = (id: ComparedTimeId): boolean =>
    runsOfTime(baseline, id) !== null && runsOfTime(contender, id) !== null;
  if (baseline.kind === 'throughput' && has('gpuTime')) return 'gpuTime';
  return has('wallTime') ? 'wallTime' : null;
}

/** The time behind a metric: rates are made of one. */
export function timeBehind(
  id: ComparedMetricId,
  kind: 'throughput' | 'latency',
  hasGpuTime: boolean,
): ComparedTimeId {
  if (id === 'bandwidth' || id === 'arithmetic' || id === 'itemRate') return timeOfRates(kind, hasGpuTime);
  return id === 'wallTimeP99' ? 'wallTime' : id;
}

/**
 * The p-value of "no difference beyond the noise floor" (two-sided). Of corrected walls that of the least favourable truth
 * within their bounds: 1 where the bounds alone reach from one side to the other. Of rates that of the rates themselves, which
 * differ from their times where an iteration does not do the same on both sides.
 */
export function pValue(
  pair: CasePair,
  metric: ComparedMetric,
  time: ComparedTimeId,
  noiseFloor: number,
): Available<number> {
  const [baseline, contender] = [runsOfTime(pair.baseline, time), runsOfTime(pair.contender, time)];
  if (baseline === null || contender === null) return unavailable('a side has no such time');
  if (metric.id === 'wallTimeP99') return ofTails(baseline, contender, noiseFloor);
  const { low, high } = metric.ratio;
  if (!isPlain(baseline, contender) && low <= 1 && high >= 1) return available(1);
  // Bounds of the times nearest to each other; where nothing is open both are the same.
  const [left, right] = low > 1 ? [baseline.high, contender.low] : [baseline.low, contender.high];
  const medians = [mediansOf(left), mediansOf(right)] as const;
  const amount = amountOf(metric.id);
  if (amount === null) return testOf(medians[0], medians[1], noiseFloor);
  const rates = (side: 'baseline' | 'contender', at: 0 | 1): readonly number[] =>
    medians[at].map((ns) => (pair[side][amount] as number) / ns);
  return testOf(rates('baseline', 0), rates('contender', 1), noiseFloor);
}

/**
 * The ratio as it would be known of endless runs: what the clocks leave open of corrected walls; null where they leave nothing
 * open.
 */
export function openRatio(
  pair: CasePair,
  time: ComparedTimeId,
): { readonly low: number; readonly high: number } | null {
  const [baseline, contender] = [runsOfTime(pair.baseline, time), runsOfTime(pair.contender, time)];
  if (baseline === null || contender === null || isPlain(baseline, contender)) return null;
  const center = (runs: readonly Float64Array[]): number => median(mediansOf(runs));
  return {
    low: center(contender.low) / center(baseline.high),
    high: center(contender.high) / center(baseline.low),
  };
}

function isPlain(baseline: MetricRuns, contender: MetricRuns): boolean {
  return baseline.low === baseline.high && contender.low === contender.high;
}

function amountOf(id: ComparedMetricId): 'bytes' | 'flops' | 'items' | null {
  if (id === 'bandwidth') return 'bytes';
  if (id === 'arithmetic') return 'flops';
  return id === 'itemRate' ? 'items' : null;
}

function mediansOf(runs: readonly Float64Array[]): readonly number[] {
  return runs.map(medianOnce);
}

function ofTails(baseline: MetricRuns, contender: MetricRuns, noiseFloor: number): Available<number> {
  const all = [...baseline.high, ...contender.high];
  if (all.some(({ length }) => length < FEWEST_FOR_TAIL))
    return unavailable(
      `a run has fewer than ${FEWEST_FOR_TAIL} samples, too few for a 99 % quantile of its own; a longer --min-time would tell`,
    );
  const tails = (runs: readonly Float64Array[]): readonly number[] =>
    runs.map((run) => quantileOfSorted(sortedCopy(run), 0.99));
  return testOf(tails(baseline.high), tails(contender.high), noiseFloor);
}

function testOf(
  baseline: readonly number[],
  contender: readonly number[],
  noiseFloor: number,
): Available<number> {
  if (Math.min(baseline.length, contender.length) < 2) return unavailable('fewer than two runs on a side');
  const isRatio = [...baseline, ...contender].every((value) => value > 0 && Number.isFinite(value));
  return isRatio
    ? available(ratioTest(baseline, contender, noiseFloor))
    : unavailable('the median of a run is 0; longer iterations would tell');
}
