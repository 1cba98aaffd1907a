// By which metric a case is judged, and how probable its difference would be by chance. The verdict itself is in judge.ts,
// after all cases are known, because they share one budget of false alarms.
import { type Available, available, unavailable } from '../base/availability.ts';
import { quantileOfSorted, sortedCopy } from '../stats/quantile.ts';
import { ratioTest } from '../stats/ratio-test.ts';
import { medianOnce } from '../stats/sorted-once.ts';
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
  if (id === 'bandwidth' || id === 'arithmetic' || id === 'itemRate')
    return kind === 'throughput' && hasGpuTime ? 'gpuTime' : 'wallTime';
  return id === 'wallTimeP99' ? 'wallTime' : id;
}

/**
 * The p-value of "no difference beyond the noise floor" (two-sided). Of corrected walls that of the least favourable truth
 * within their bounds: 1 where the bounds alone reach from one side to the other.
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
  const [least, most] = [
    ratioTest(mediansOf(baseline.high), mediansOf(contender.low), noiseFloor),
    ratioTest(mediansOf(baseline.low), mediansOf(contender.high), noiseFloor),
  ];
  if (Number.isNaN(least) || Number.isNaN(most)) return unavailable('fewer than two runs on a side');
  const isPlain = baseline.low === baseline.high && contender.low === contender.high;
  const { low, high } = metric.ratio;
  return available(isPlain || low > 1 ? least : high < 1 ? most : 1);
}

function mediansOf(runs: readonly Float64Array[]): readonly number[] {
  return runs.map(medianOnce);
}

/** A run needs so many samples for a 99 % quantile of its own. */
const FEWEST_FOR_TAIL = 100;

function ofTails(baseline: MetricRuns, contender: MetricRuns, noiseFloor: number): Available<number> {
  const all = [...baseline.high, ...contender.high];
  if (all.some(({ length }) => length < FEWEST_FOR_TAIL))
    return unavailable(
      `a run has fewer than ${FEWEST_FOR_TAIL} samples, too few for a 99 % quantile of its own`,
    );
  const tails = (runs: readonly Float64Array[]): readonly number[] =>
    runs.map((run) => quantileOfSorted(sortedCopy(run), 0.99));
  const p = ratioTest(tails(baseline.high), tails(contender.high), noiseFloor);
  return Number.isNaN(p) ? unavailable('fewer than two runs on a side') : available(p);
}
