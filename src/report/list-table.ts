// What `guestmark list` prints: the benchmarks, and which cases of them a suite contains. Pure; needs
// neither a device nor a plan.
import { formatQuantity } from '../base/units.ts';
import type { Benchmark } from '../suite/benchmark.ts';
import { type Column, type Row, renderColumns } from './columns.ts';
import { painter } from './paint.ts';
import type { TerminalOptions } from './table.ts';

const COLUMNS: readonly Column[] = [
  { heading: { text: 'benchmark', style: 'heading' } },
  { heading: { text: 'suite', style: 'heading' } },
  { heading: { text: 'cases', style: 'heading' }, align: 'right' },
  { heading: { text: 'what it measures, and its axes', style: 'heading' }, wraps: true },
];

/** Renders the benchmarks in the given order. */
export function benchmarksTable(benchmarks: readonly Benchmark[], { width, color }: TerminalOptions): string {
  if (benchmarks.length === 0) return 'There is no benchmark.\n';
  return `${renderColumns(COLUMNS, benchmarks.flatMap(benchmarkRows), { width, paint: painter(color) }).join('\n')}\n`;
}

type Axes = Readonly<Record<string, readonly number[]>>;

function benchmarkRows({ name, summary, axes, suites }: Benchmark): readonly Row[] {
  const ofSuites = Object.entries(suites).map(([suite, overrides]) =>
    axesRow(suite, { ...axes, ...overrides } as Axes),
  );
  // A benchmark of no suite runs when it is named, with the values it declares.
  const rows = ofSuites.length > 0 ? ofSuites : [axesRow('none', axes)];
  return [{ cells: [name, '', '', summary] }, ...rows];
}

function axesRow(suite: string, axes: Axes): Row {
  const cases = Object.values(axes).reduce((product, values) => product * values.length, 1);
  return { cells: ['', suite, String(cases), describeAxes(axes)] };
}

/** `n=1Mi,16Mi WORKGROUP_SIZE=256`. */
function describeAxes(axes: Axes): string {
  const parts = Object.entries(axes).map(
    ([axis, values]) => `${axis}=${values.map(formatQuantity).join(',')}`,
  );
  return parts.length === 0 ? 'no axes' : parts.join(' ');
}
