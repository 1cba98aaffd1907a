// Whether a device stays as fast as it began: drift, the onset of throttling, and whether what a submission takes beyond the
// device goes with steal. Of cases that were sampled for a given time; from the raw samples alone.
import { type Available, available, unavailable } from '../base/availability.ts';
import { median } from '../stats/quantile.ts';
import { type Correlation, rankCorrelation } from '../stats/rank-correlation.ts';
import { theilSen } from '../stats/theil-sen.ts';
import type { SampledRun } from './case-samples.ts';
import type { DerivedFigure, Estimate, SeriesPoint } from './derived.ts';
import { formatPercent } from './percent.ts';
import type { CaseResult } from './report.ts';
import { beyondDeviceNs, deviceTimes, lastingRuns } from './time-series.ts';

/** Fewer spans show no course. */
const LEAST_SPANS = 12;
const MINUTE_NS = 60e9;
/** The level with which the rest is compared: the first tenth, before a device grows hot. */
const FIRST_SHARE = 0.1;
/** Clocks step by some per cent, and load moves them; a limit of power or temperature takes more. */
const THROTTLED = 0.05;
/** Spans around one whose median is looked at, and the least that must be slow at the end. */
const AROUND = 1;
const LEAST_SLOW = 3;

/** The figures of a case; none where it was not sampled for a given time. */
export function stabilityFigures(result: CaseResult): readonly DerivedFigure[] {
  const runs = lastingRuns(result);
  if (runs.length === 0) return [];
  const common = { benchmark: result.benchmark, cases: [result.id] };
  const course = 'median device times of up to 60 spans of a run';
  return [
    {
      id: 'driftPerMinute',
      unit: 'ratio',
      estimate: overRuns(runs.map(driftOf), 'too few samples to show a course'),
      method: `slope of the ${course}, relative to their median: Theil and Sen's median of pairwise slopes (Sen 1968), 95 % interval by Kendall's tau; median over runs, between the lowest and the highest end`,
      ...common,
    },
    {
      id: 'throttleOnset',
      unit: 'ns',
      estimate: onsetOf(runs),
      method: `since the first sample, the earliest of all runs: from then on the running median of the ${course} stays more than ${formatPercent(THROTTLED)} above that of the first tenth, to the end`,
      ...common,
    },
    {
      id: 'stealCorrelation',
      unit: 'ratio',
      estimate: correlationOf(runs),
      method:
        "Spearman's rank correlation, over the samples of a run, of the wall time beyond the device with the steal that is certain; 95 % interval by Fisher's transformation if samples are independent; median over runs, between the lowest and the highest end",
      ...common,
    },
  ];
}

/** The median of what runs give, between their outermost ends. */
function overRuns(estimates: readonly (Estimate | null)[], reason: string): Available<Estimate> {
  const known = estimates.filter((one) => one !== null);
  if (known.length === 0) return unavailable(reason);
  return available({
    value: median(known.map(({ value }) => value)),
    low: Math.min(...known.map(({ low }) => low)),
    high: Math.max(...known.map(({ high }) => high)),
  });
}

function driftOf(run: SampledRun): Estimate | null {
  const points = deviceTimes(run);
  const level = median(points.map(({ value }) => value));
  if (points.length < LEAST_SPANS || !(level > 0)) return null;
  const slope = theilSen(points.map(({ atNs, value }) => ({ x: atNs / MINUTE_NS, y: value / level })));
  return slope === null ? null : { value: slope.slope, low: slope.low, high: slope.high };
}

function onsetOf(runs: readonly SampledRun[]): Available<Estimate> {
  const courses = runs.map(deviceTimes).filter(({ length }) => length >= LEAST_SPANS);
  if (courses.length === 0) return unavailable('too few samples to show a course');
  const onsets = courses.flatMap((points) => throttleOnset(points) ?? []);
  if (onsets.length === 0) {
    const where = courses.length === 1 ? 'the run' : `${courses.length} runs`;
    return unavailable(
      `none in ${where}: the device time did not rise by more than ${formatPercent(THROTTLED)} to stay there`,
    );
  }
  return available(onsets.reduce((one, other) => (other.value < one.value ? other : one)));
}

/** When the times rose to stay; null where they did not. Known to a span. */
function throttleOnset(points: readonly SeriesPoint[]): Estimate | null {
  const values = points.map(({ value }) => value);
  const level = median(values.slice(0, Math.max(LEAST_SLOW, Math.round(FIRST_SHARE * values.length))));
  const isSlow = values.map(
    (_, i) => median(values.slice(Math.max(0, i - AROUND), i + AROUND + 1)) > (1 + THROTTLED) * level,
  );
  const first = isSlow.lastIndexOf(false) + 1;
  if (first === 0 || values.length - first < LEAST_SLOW) return null;
  const at = (index: number): number => points[Math.min(points.length - 1, index)]?.atNs ?? 0;
  return { value: at(first), low: at(first - 1), high: at(first + 1) };
}

function correlationOf(runs: readonly SampledRun[]): Available<Estimate> {
  const pairs = runs.map(stealPairs);
  if (pairs.every(({ length }) => length === 0))
    return unavailable('the steal of the samples, or their device time, is not known');
  return overRuns(
    pairs.map((known): Correlation | null =>
      rankCorrelation(
        known.map(({ beyondNs }) => beyondNs),
        known.map(({ stolenNs }) => stolenNs),
      ),
    ),
    'the steal of all samples is the same, so nothing can go with it',
  );
}

function stealPairs(run: SampledRun): readonly { readonly beyondNs: number; readonly stolenNs: number }[] {
  return run.samples.stealLowNs.flatMap((stolenNs, index) => {
    const beyondNs = beyondDeviceNs(run, index);
    return stolenNs === null || beyondNs === null ? [] : [{ beyondNs, stolenNs }];
  });
}
