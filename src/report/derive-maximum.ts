// The best figures of a benchmark over its cases: the highest of each rate, or the shortest time of an item. The curve over
// sizes and shapes is the cases themselves.
import { available } from '../base/availability.ts';
import type { DerivedFigure, DerivedId } from './derived.ts';
import type { MetricId } from './metric-units.ts';
import type { CaseResult, Metric } from './report.ts';
import type { UnjudgedCase } from './threshold-verdict.ts';

interface BestOf {
  readonly id: DerivedId;
  readonly metric: MetricId;
  readonly unit: DerivedFigure['unit'];
  readonly word: 'highest' | 'lowest';
}

const RATES: readonly BestOf[] = [
  { id: 'maximumBandwidth', metric: 'bandwidth', unit: 'B/s', word: 'highest' },
  { id: 'maximumArithmetic', metric: 'arithmetic', unit: 'FLOP/s', word: 'highest' },
  { id: 'maximumItemRate', metric: 'itemRate', unit: '1/s', word: 'highest' },
];
const ITEM_TIME: BestOf = { id: 'minimumItemTime', metric: 'itemTime', unit: 'ns', word: 'lowest' };

/** The best figures of one benchmark; none where fewer than two cases are ok. */
export function maxima(benchmark: string, cases: readonly CaseResult[]): readonly DerivedFigure[] {
  const measured = cases.filter(({ status }) => status === 'ok');
  if (measured.length < 2) return [];
  const kinds = measured.some(({ showsItemTime }) => showsItemTime) ? [ITEM_TIME] : RATES;
  return kinds.flatMap((kind) => best(kind, benchmark, measured) ?? []);
}

function best(
  { id, metric, unit, word }: BestOf,
  benchmark: string,
  cases: readonly CaseResult[],
): DerivedFigure | null {
  const found = bestCase(cases, metric, word);
  if (found === null) return null;
  const { value, low, high } = found.metric;
  const method = `${word} ${metric} of the ${found.count} cases that have one, with the interval of its case, which does not contain the choice`;
  return { id, benchmark, unit, estimate: available({ value, low, high }), method, cases: [found.id] };
}

/** The case with the best value of a metric, and how many have one; null where none has. */
export function bestCase(
  cases: readonly UnjudgedCase[],
  wanted: MetricId,
  word: 'highest' | 'lowest',
): { readonly id: string; readonly metric: Metric; readonly count: number } | null {
  const known = cases.flatMap(({ id, status, metrics }) => {
    const metric = status === 'ok' ? metrics.find((one) => one.id === wanted) : undefined;
    return metric === undefined ? [] : [{ id, metric }];
  });
  const isBetter = (one: Metric, other: Metric): boolean =>
    word === 'highest' ? one.value > other.value : one.value < other.value;
  const [first, ...others] = known;
  if (first === undefined) return null;
  const found = others.reduce((top, one) => (isBetter(one.metric, top.metric) ? one : top), first);
  return { ...found, count: known.length };
}
