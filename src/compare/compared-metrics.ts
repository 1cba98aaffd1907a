// One case on both sides, metric by metric: value and interval of each side and of their ratio. A ratio of corrected walls
// also holds what the clocks leave open, so that its interval is that of the least favourable truth.
import { derivedSeed } from '../base/random.ts';
import { medianDraws } from '../stats/median-draws.ts';
import { pooledQuantileDraws } from '../stats/pooled-quantile.ts';
import { median } from '../stats/quantile.ts';
import { around } from '../stats/ratio-interval.ts';
import { medianOnce } from '../stats/sorted-once.ts';
import type { ComparedMetric, ComparedValue, CompareOptions } from './comparison.ts';
import { type ComparedTimeId, type MetricRuns, runsOfTime } from './metric-sources.ts';
import type { CasePair } from './pair-cases.ts';

/** What the intervals of a pair depend on besides its samples. */
export type MetricOptions = Pick<CompareOptions, 'seed' | 'resamples' | 'confidence'>;

const TIMES: readonly ComparedTimeId[] = ['gpuTime', 'wallTime', 'correctedWallTime', 'undisturbedWallTime'];

/** Enough for an interval that is shown and not judged. */
const RESAMPLES_TO_SHOW = 2_000;
const RESAMPLES_OF_TAILS = 1_000;

/**
 * The metrics that both sides have.
 *
 * @param judgedBy The time behind the verdict, which gets all resamples.
 */
export function comparedMetrics(
  pair: CasePair,
  judgedBy: ComparedTimeId | null,
  options: MetricOptions,
): readonly ComparedMetric[] {
  const times = TIMES.flatMap((id) => {
    const resamples = id === judgedBy ? options.resamples : Math.min(options.resamples, RESAMPLES_TO_SHOW);
    return timeMetric(pair, id, { ...options, resamples });
  });
  return [...times, ...tailMetric(pair, options), ...rateMetrics(pair, times)];
}

/** Draws of both ends of a side, sorted nowhere: resamples of the two sides are combined one by one. */
interface Drawn {
  readonly value: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

function timeMetric(pair: CasePair, id: ComparedTimeId, options: MetricOptions): readonly ComparedMetric[] {
  const [baseline, contender] = [runsOfTime(pair.baseline, id), runsOfTime(pair.contender, id)];
  if (baseline === null || contender === null) return [];
  const draw = (runs: MetricRuns, side: string): Drawn =>
    // The same for every case: ranks of resamples are then drawn once, and corrected walls move with the raw ones.
    drawn(runs, { ...options, seed: derivedSeed(options.seed, side) });
  return [
    {
      id,
      unit: 'ns',
      better: 'lower',
      ...estimates(draw(baseline, 'baseline'), draw(contender, 'contender'), options.confidence),
    },
  ];
}

function drawn({ low, high }: MetricRuns, options: MetricOptions): Drawn {
  const highDraws = medianDraws(high, options);
  const lowDraws = low === high ? highDraws : medianDraws(low, options);
  // As in a report: the value takes off only what certainly delayed a sample.
  return { value: median(high.map(medianOnce)), low: lowDraws, high: highDraws };
}

function estimates(
  baseline: Drawn,
  contender: Drawn,
  confidence: number,
): Pick<ComparedMetric, 'baseline' | 'contender' | 'ratio'> {
  const isPlain = baseline.low === baseline.high && contender.low === contender.high;
  const least = contender.low.map((ns, i) => ns / (baseline.high[i] as number));
  const most = isPlain ? least : contender.high.map((ns, i) => ns / (baseline.low[i] as number));
  return {
    // Behind the ratios, for which the draws of both sides belong together one by one.
    baseline: between(baseline.value, baseline.low, baseline.high, confidence),
    contender: between(contender.value, contender.low, contender.high, confidence),
    ratio: between(contender.value / baseline.value, least, most, confidence),
  };
}

/** The draws are sorted in place. */
function between(value: number, low: Float64Array, high: Float64Array, confidence: number): ComparedValue {
  const lower = around(value, low, confidence);
  return low === high ? lower : { ...lower, high: around(value, high, confidence).high };
}

const TAIL = 0.99;

/** Of fewer samples the quantile would be the largest by another name. */
export const FEWEST_FOR_TAIL = 100;

function tailMetric(pair: CasePair, options: MetricOptions): readonly ComparedMetric[] {
  const [baseline, contender] = [
    runsOfTime(pair.baseline, 'wallTime'),
    runsOfTime(pair.contender, 'wallTime'),
  ];
  if (baseline === null || contender === null) return [];
  if (Math.min(sampleCount(baseline), sampleCount(contender)) < FEWEST_FOR_TAIL) return [];
  const resamples = Math.min(options.resamples, RESAMPLES_OF_TAILS);
  const draw = ({ high }: MetricRuns, side: string): Drawn => {
    const seed = derivedSeed(options.seed, `${pair.baseline.id}/wallTimeP99/${side}`);
    const { value, draws } = pooledQuantileDraws(high, TAIL, { seed, resamples });
    return { value, low: draws, high: draws };
  };
  const both = estimates(draw(baseline, 'baseline'), draw(contender, 'contender'), options.confidence);
  return [{ id: 'wallTimeP99', unit: 'ns', better: 'lower', ...both }];
}

function sampleCount({ high }: MetricRuns): number {
  return high.reduce((sum, { length }) => sum + length, 0);
}

const RATES = [
  { id: 'bandwidth', unit: 'B/s', amount: 'bytes' },
  { id: 'arithmetic', unit: 'FLOP/s', amount: 'flops' },
  { id: 'itemRate', unit: '1/s', amount: 'items' },
] as const;

/** What an iteration does over its time; evidence has no amount where a report states no rate. */
function rateMetrics(
  { baseline, contender }: CasePair,
  times: readonly ComparedMetric[],
): readonly ComparedMetric[] {
  const hasGpuTime = times.some(({ id }) => id === 'gpuTime');
  const time = times.find(({ id }) => id === timeOfRates(baseline.kind, hasGpuTime));
  if (time === undefined || time.baseline.low <= 0 || time.contender.low <= 0) return [];
  return RATES.flatMap(({ id, unit, amount }): ComparedMetric[] => {
    const [ofBaseline, ofContender] = [baseline[amount], contender[amount]];
    if (ofBaseline === null || ofContender === null) return [];
    return [
      {
        id,
        unit,
        better: 'higher',
        baseline: inverse(time.baseline, ofBaseline * 1e9),
        contender: inverse(time.contender, ofContender * 1e9),
        ratio: inverse(time.ratio, ofContender / ofBaseline),
      },
    ];
  });
}

/** The time that rates are made of. */
export function timeOfRates(kind: 'throughput' | 'latency', hasGpuTime: boolean): 'gpuTime' | 'wallTime' {
  return kind === 'throughput' && hasGpuTime ? 'gpuTime' : 'wallTime';
}

function inverse({ value, low, high }: ComparedValue, amount: number): ComparedValue {
  return { value: amount / value, low: amount / high, high: amount / low };
}
