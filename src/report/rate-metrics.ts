// What an iteration moves, computes or does over its time, and which rates are withheld because they cannot be
// true. Pure; how a time was estimated is the business of summarize-case.ts.
import { formatRate } from '../base/units.ts';
import type { MetricId } from './metric-units.ts';
import { type RateMachine, rateCeiling } from './rate-ceiling.ts';
import type { CaseResult, Metric } from './report.ts';

/** What rates are made of, and where they were measured. */
export interface RatedCase
  extends Pick<
    CaseResult,
    'kind' | 'bytes' | 'flops' | 'items' | 'category' | 'itemName' | 'showsItemTime' | 'flopType'
  > {
  readonly machine: RateMachine;
}

/** The rates, and why others are missing. */
export interface Rates {
  readonly metrics: readonly Metric[];
  /** Ids of those that a time of 0 or wrong timestamps made impossible. */
  readonly rateless: readonly string[];
  /** Rates beyond any known ceiling, in words. */
  readonly impossible: readonly string[];
}

interface RateKind {
  readonly id: MetricId;
  readonly unit: Metric['unit'];
  readonly amount: 'bytes' | 'flops' | 'items';
}

const RATES: readonly RateKind[] = [
  { id: 'bandwidth', unit: 'B/s', amount: 'bytes' },
  { id: 'arithmetic', unit: 'FLOP/s', amount: 'flops' },
  { id: 'itemRate', unit: '1/s', amount: 'items' },
];

/**
 * Computes the rates, and the time of an item where that is the point.
 *
 * @param clockIsTrue Whether the timestamps of the device contradict nothing.
 */
export function rateMetrics(rated: RatedCase, times: readonly Metric[], clockIsTrue: boolean): Rates {
  const result = { metrics: [] as Metric[], rateless: [] as string[], impossible: [] as string[] };
  const time = timeOfRates(rated.kind, times);
  if (time === undefined) return result;
  const isTrue = time.low > 0 && (time.id !== 'gpuTime' || clockIsTrue);
  for (const kind of RATES) {
    const perIteration = rated[kind.amount];
    if (perIteration === null) continue;
    if (!isTrue) {
      result.rateless.push(kind.id);
      continue;
    }
    const metric = rateMetric(kind, perIteration, time);
    const problem = ceilingProblem(metric, rated);
    if (problem === null) result.metrics.push(metric);
    else result.impossible.push(problem);
  }
  if (isTrue) result.metrics.push(...itemTime(rated, time));
  return result;
}

/** Device time where there is one; of a latency the round trip, because that is what it measures. */
function timeOfRates(kind: CaseResult['kind'], times: readonly Metric[]): Metric | undefined {
  const wall = times.find(({ id }) => id === 'wallTime');
  return kind === 'latency' ? wall : (times.find(({ id }) => id === 'gpuTime') ?? wall);
}

function rateMetric({ id, unit, amount }: RateKind, perIteration: number, time: Metric): Metric {
  const perSecond = (ns: number): number => (perIteration / ns) * 1e9;
  return {
    id,
    unit,
    value: perSecond(time.value),
    low: perSecond(time.high),
    high: perSecond(time.low),
    method: `${amount} of one iteration divided by ${time.id}`,
  };
}

function ceilingProblem({ id, unit, value }: Metric, rated: RatedCase): string | null {
  const ceiling = rateCeiling(id as MetricId, rated, rated.machine);
  if (ceiling === null || value <= ceiling) return null;
  const name = unit === '1/s' ? `${rated.itemName}/s` : unit;
  const where = rated.machine.software ? `${rated.machine.cpuCount} CPUs have` : 'a GPU has';
  return `${id} would be ${formatRate(value, name)}, and no more than ${formatRate(ceiling, name)} is possible: the most that ${where}`;
}

function itemTime({ items, showsItemTime }: RatedCase, time: Metric): readonly Metric[] {
  if (!showsItemTime || items === null || items <= 0) return [];
  const { value, low, high } = time;
  return [
    {
      id: 'itemTime',
      unit: 'ns',
      value: value / items,
      low: low / items,
      high: high / items,
      method: `${time.id} divided by the items of one iteration`,
    },
  ];
}
