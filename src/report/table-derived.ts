// The part of the terminal table under the cases: the best figure of every benchmark with several cases, and the roofline.
// Empty for a report that has neither.
import { type Column, type Layout, type Row, renderColumns } from './columns.ts';
import type { DerivedFigure, DerivedId } from './derived.ts';
import { figureText } from './figure-text.ts';
import type { CaseResult, Report } from './report.ts';

type Derived = Pick<Report, 'derived' | 'results'>;

const BEST_COLUMNS: readonly Column[] = [
  { heading: { text: 'best figures', style: 'heading' } },
  { heading: '', align: 'right' },
  { heading: { text: 'in the case', style: 'heading' }, wraps: true },
];

/** The best figure of every benchmark with several cases, and fits over sizes. */
export function bestLines({ derived, results }: Derived, layout: Layout): readonly string[] {
  const names = [...new Set(derived.flatMap(({ benchmark }) => benchmark ?? []))];
  const rows = names.flatMap((name): readonly Row[] => {
    const one = results.find(({ benchmark }) => benchmark === name);
    const best = one === undefined ? undefined : fieldsFigure(derived, one);
    if (one === undefined || best === undefined || !best.estimate.available) return [];
    // Operations a second are the median of a latency once more.
    if (one.kind === 'latency' && best.id === 'maximumItemRate' && one.itemName === 'items') return [];
    const { unit, estimate, cases } = best;
    const figure = figureText({ unit, value: estimate.value.value }, one.itemName);
    return [{ cells: [name, figure, cases.join(', ')] }];
  });
  rows.push(...fitRows(derived));
  return rows.length === 0 ? [] : renderColumns(BEST_COLUMNS, rows, layout);
}

/** `5.00 µs + V / 10.0 GB/s`: what a kernel costs before its first byte, and its rate after that. */
function fitRows(derived: readonly DerivedFigure[]): readonly Row[] {
  return derived.flatMap(({ id, benchmark, unit, estimate, cases }, index) => {
    // The rate follows its start-up time.
    const rate = derived[index + 1];
    if (id !== 'startUpTime' || !estimate.available || rate?.estimate.available !== true) return [];
    const startUp = figureText({ unit, value: estimate.value.value }, 'items');
    const after = figureText({ unit: rate.unit, value: rate.estimate.value.value }, 'items');
    return [{ cells: [benchmark ?? '', `${startUp} + V / ${after}`, `fitted over ${cases.length} sizes`] }];
  });
}

/** The figure that the field gives for such a benchmark. */
function fieldsFigure(derived: readonly DerivedFigure[], one: CaseResult): DerivedFigure | undefined {
  const rates: readonly DerivedId[] =
    one.category === 'memory'
      ? ['maximumBandwidth', 'maximumArithmetic']
      : ['maximumArithmetic', 'maximumBandwidth'];
  const order: readonly DerivedId[] =
    one.itemName === 'items'
      ? ['minimumItemTime', ...rates, 'maximumItemRate']
      : ['minimumItemTime', 'maximumItemRate', ...rates];
  const own = derived.filter(({ benchmark }) => benchmark === one.benchmark);
  return order.flatMap((id) => own.find((figure) => figure.id === id) ?? [])[0];
}

/** Roofs, each with the ridge point from which on it is the lower one. */
const ROOFS: readonly (readonly [name: string, roof: DerivedId, ridge: DerivedId | null])[] = [
  ['memory', 'roofBandwidth', null],
  ['f64', 'roofArithmeticF64', 'ridgePointF64'],
  ['f32', 'roofArithmeticF32', 'ridgePointF32'],
  ['f16', 'roofArithmeticF16', 'ridgePointF16'],
  ['16-bit matrices', 'roofArithmeticMATRIX16', 'ridgePointMATRIX16'],
  ['8-bit matrices', 'roofArithmeticMATRIX8', 'ridgePointMATRIX8'],
];

/** Rows of two columns: the roofs that were measured, and how close each benchmark came, where it is no roof itself. */
export function rooflineRows(report: Derived): readonly Row[] {
  const shares = bestShares(report.results);
  if (shares.length === 0) return [];
  const roofs = ROOFS.flatMap(([name, roof, ridge]) => roofText(report, name, roof, ridge) ?? []);
  return [
    { cells: [{ text: 'roofline', style: 'heading' }, roofs.join(', ')] },
    { cells: [{ text: 'reached', style: 'heading' }, shares.join(', ')] },
  ];
}

/** `f32 70.0 GFLOP/s (fma-f32) from 5.30 FLOP/B on`. */
function roofText(
  { derived, results }: Derived,
  name: string,
  roof: DerivedId,
  ridge: DerivedId | null,
): string | null {
  const text = (wanted: DerivedId | null): string | null => {
    const figure = derived.find(({ id }) => id === wanted);
    if (figure === undefined || !figure.estimate.available) return null;
    return figureText({ unit: figure.unit, value: figure.estimate.value.value }, 'items');
  };
  const [height, from] = [text(roof), text(ridge)];
  if (height === null) return null;
  const caseId = derived.find(({ id }) => id === roof)?.cases[0];
  const benchmark = results.find(({ id }) => id === caseId)?.benchmark ?? caseId;
  return `${name} ${height} (${benchmark})${from === null ? '' : ` from ${from} on`}`;
}

/** `triad 91 %`: the highest share of every benchmark, the closest first. */
function bestShares(results: readonly CaseResult[]): readonly string[] {
  const best = new Map<string, number>();
  for (const { benchmark, isRoof, metrics } of results) {
    const share = isRoof ? undefined : metrics.find(({ id }) => id === 'roofShare')?.value;
    if (share !== undefined) best.set(benchmark, Math.max(share, best.get(benchmark) ?? 0));
  }
  const sorted = [...best].sort(([, one], [, other]) => other - one);
  return sorted.map(([name, value]) => `${name} ${figureText({ unit: 'ratio', value }, 'items')}`);
}
