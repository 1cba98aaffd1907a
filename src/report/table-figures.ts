// The table of what operations measured besides their times: drift, counts, first calls. One block a case.
import { type Column, type Layout, type Row, renderColumns } from './columns.ts';
import { figureText, rangeText } from './figure-text.ts';
import { type FigureOverRuns, operationFigures } from './operation-figures.ts';
import type { Report } from './report.ts';

const COLUMNS: readonly Column[] = [
  {},
  { heading: { text: 'figures', style: 'heading' }, wraps: true },
  { heading: '', align: 'right' },
  { heading: { text: 'over all runs', style: 'heading' } },
];

/** The lines of the table; none where no operation has a figure. */
export function figureLines({ results }: Pick<Report, 'results'>, layout: Layout): readonly string[] {
  const rows = results.flatMap((result) => {
    const figures = operationFigures(result);
    return figures.length === 0 ? [] : [{ above: [result.id], cells: [] }, ...figures.map(figureRow)];
  });
  return rows.length === 0 ? [] : renderColumns(COLUMNS, rows, layout);
}

function figureRow({ label, unit, estimate, known, runs }: FigureOverRuns): Row {
  if (!estimate.available)
    return { cells: ['', label, '–'], below: [{ text: `  unknown: ${estimate.reason}`, style: 'quiet' }] };
  const { value, low, high } = estimate.value;
  const part = known < runs ? ` (${known} of ${runs} runs)` : '';
  const range = low === high ? '' : rangeText(unit, low, high);
  return { cells: ['', label, figureText({ unit, value }, 'items'), `${range}${part}`.trim()] };
}
