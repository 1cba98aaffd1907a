// What `guestmark list` prints: the benchmarks by category, and which cases of them a suite contains. Pure; needs
// neither a device nor a plan.
import type { BenchmarkDescription } from '../suite/describe-benchmark.ts';
import { axesText } from './axes-text.ts';
import { type Column, type Row, renderColumns } from './columns.ts';
import { painter } from './paint.ts';
import type { TerminalOptions } from './table.ts';

const COLUMNS: readonly Column[] = [
  { heading: { text: 'benchmark', style: 'heading' } },
  { heading: { text: 'suite', style: 'heading' } },
  { heading: { text: 'cases', style: 'heading' }, align: 'right' },
  { heading: { text: 'what it measures, and its axes', style: 'heading' }, wraps: true },
];

/** Of benchmarks that name no category, beside others that do. */
const NO_CATEGORY = 'other';

/** Renders the benchmarks in the given order, with a heading wherever the category changes. */
export function benchmarksTable(
  benchmarks: readonly BenchmarkDescription[],
  { width, color }: TerminalOptions,
): string {
  if (benchmarks.length === 0) return 'There is no benchmark.\n';
  const hasCategories = benchmarks.some(({ category }) => category !== null);
  const rows = benchmarks.flatMap((benchmark, index) => {
    const before = benchmarks[index - 1];
    const isFirst = before === undefined || before.category !== benchmark.category;
    const heading = hasCategories && isFirst ? headingRows(benchmark, before !== undefined) : [];
    return [...heading, ...benchmarkRows(benchmark)];
  });
  return `${renderColumns(COLUMNS, rows, { width, paint: painter(color) }).join('\n')}\n`;
}

function headingRows({ category }: BenchmarkDescription, isAfterOthers: boolean): readonly Row[] {
  const heading: Row = { cells: [{ text: category ?? NO_CATEGORY, style: 'heading' }] };
  return isAfterOthers ? [{ cells: [] }, heading] : [heading];
}

/** Suites with the same axes share a row. */
function benchmarkRows({ name, summary, axes, suites }: BenchmarkDescription): readonly Row[] {
  const alike = new Map<string, { readonly names: string[]; readonly cases: number }>();
  for (const [suite, planned] of Object.entries(suites)) {
    const text = axesText(planned.axes);
    const known = alike.get(text);
    if (known === undefined) alike.set(text, { names: [suite], cases: planned.cases });
    else known.names.push(suite);
  }
  const ofSuites = [...alike].map(([text, { names, cases }]) => axesRow(names.join(', '), cases, text));
  // A benchmark of no suite runs when it is named, with the values it declares.
  const cases = Object.values(axes).reduce((product, values) => product * values.length, 1);
  const rows = ofSuites.length > 0 ? ofSuites : [axesRow('none', cases, axesText(axes))];
  return [{ cells: [name, '', '', summary] }, ...rows];
}

function axesRow(suites: string, cases: number, axes: string): Row {
  return { cells: ['', suites, String(cases), axes] };
}
