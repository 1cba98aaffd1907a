// The geometric mean of the ratios over cases, with an interval that knows that the cases of one run share its luck: a process
// that was slow was slow in all of them. So runs are resampled, each as the mean of what it says of all its cases.
import { available, unavailable } from '../base/availability.ts';
import { derivedSeed } from '../base/random.ts';
import type { CaseEvidence, RunEvidence } from '../evidence/evidence.ts';
import { medianDraws } from '../stats/median-draws.ts';
import { median } from '../stats/quantile.ts';
import { around } from '../stats/ratio-interval.ts';
import { medianOnce } from '../stats/sorted-once.ts';
import type { MetricOptions } from './compared-metrics.ts';
import type { ComparedCase, ComparedMetricId, MeanRatio } from './comparison.ts';
import { type ComparedTimeId, runsOfTime } from './metric-sources.ts';
import type { CasePair } from './pair-cases.ts';

const MEANS: readonly (ComparedTimeId | 'wallTimeP99')[] = [
  'gpuTime',
  'wallTime',
  'correctedWallTime',
  'undisturbedWallTime',
  'wallTimeP99',
];

/** The means of every time that some case has; of tails the mean alone, because no run has one of its own. */
export function meanRatios(
  pairs: readonly CasePair[],
  cases: readonly ComparedCase[],
  options: MetricOptions,
): readonly MeanRatio[] {
  return MEANS.flatMap((metric) => {
    const rows = pairs.flatMap((pair, index) => {
      const ratio = cases[index]?.metrics.find(({ id }) => id === metric)?.ratio;
      return ratio === undefined ? [] : [{ pair, ratio }];
    });
    return rows.length === 0 ? [] : [meanRatio(metric, rows, options)];
  });
}

interface Row {
  readonly pair: CasePair;
  readonly ratio: { readonly value: number; readonly low: number; readonly high: number };
}

function meanRatio(
  metric: ComparedTimeId | 'wallTimeP99',
  rows: readonly Row[],
  options: MetricOptions,
): MeanRatio {
  const base = { metric: metric as ComparedMetricId, cases: rows.length };
  const value = geometricMean(rows.map(({ ratio }) => ratio.value));
  if (metric === 'wallTimeP99')
    return {
      ...base,
      ratio: unavailable('tails are pooled over runs: their mean has no interval over runs'),
    };
  const scores = (side: 'baseline' | 'contender'): readonly Float64Array[] =>
    runScores(
      rows.map(({ pair }) => pair[side]),
      metric,
    );
  const sides = [scores('baseline'), scores('contender')] as const;
  if (sides.some(({ length }) => length < 2))
    return { ...base, ratio: unavailable('a side has one run: nothing tells how runs differ') };
  const [least, most] = openEnds(rows, metric);
  if (!(most <= MOST_OPEN * least))
    return {
      ...base,
      ratio: unavailable(
        `the clocks leave open more than a factor of ${MOST_OPEN}: so much may have been stolen, or waited`,
      ),
    };
  const spread = spreadOf(sides, metric, options);
  const ratio = { value, low: value * least * spread.low, high: value * most * spread.high };
  const isKnown = value > 0 && Object.values(ratio).every(Number.isFinite);
  return { ...base, ratio: isKnown ? available(ratio) : unavailable('a median is 0, so there is no mean') };
}

/** Bounds further apart than this say nothing, and would read like figures. */
const MOST_OPEN = 10;

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** By run: the mean over its cases of the logarithm of its median over that of the side. */
function runScores(cases: readonly CaseEvidence[], metric: ComparedTimeId): readonly Float64Array[] {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const one of cases) {
    const known = runsOfTime(one, metric);
    const medians = (known?.high ?? []).map(medianOnce);
    const center = median(medians);
    if (known === null || !(center > 0)) continue;
    medians.forEach((value, index) => {
      const { report, run } = known.runs[index] as RunEvidence;
      const score = sums.get(`${report}/${run}`) ?? { sum: 0, count: 0 };
      sums.set(`${report}/${run}`, { sum: score.sum + Math.log(value / center), count: score.count + 1 });
    });
  }
  return [...sums.values()].map(({ sum, count }) => Float64Array.of(sum / count));
}

/** The factors by which the mean moves when runs are drawn anew. */
function spreadOf(
  [baseline, contender]: readonly [readonly Float64Array[], readonly Float64Array[]],
  metric: string,
  { seed, resamples, confidence }: MetricOptions,
): { readonly low: number; readonly high: number } {
  const deviations = (runs: readonly Float64Array[], side: string): Float64Array => {
    const center = median(runs.map((run) => run[0] as number));
    const draws = medianDraws(runs, { seed: derivedSeed(seed, `mean/${metric}/${side}`), resamples });
    return draws.map((draw) => draw - center);
  };
  const ofBaseline = deviations(baseline, 'baseline');
  const both = deviations(contender, 'contender').map((draw, i) => draw - (ofBaseline[i] as number));
  const { low, high } = around(0, both, confidence);
  return { low: Math.exp(low), high: Math.exp(high) };
}

/** What the clocks leave open of corrected walls, as factors of the mean: 1 and 1 for everything else. */
function openEnds(rows: readonly Row[], metric: ComparedTimeId): readonly [number, number] {
  const factors = rows.map(({ pair }) => {
    const [baseline, contender] = [runsOfTime(pair.baseline, metric), runsOfTime(pair.contender, metric)];
    if (baseline === null || contender === null) return [1, 1] as const;
    const center = (runs: readonly Float64Array[]): number => median(runs.map(medianOnce));
    const open = (runs: typeof baseline): number =>
      runs.low === runs.high ? 1 : center(runs.low) / center(runs.high);
    return [open(contender), 1 / open(baseline)] as const;
  });
  return [geometricMean(factors.map(([low]) => low)), geometricMean(factors.map(([, high]) => high))];
}
