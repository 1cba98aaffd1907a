// A comparison as CSV, one row a case and metric: for spreadsheets and data frames. Quoted as RFC 4180 says, with line feeds
// alone at the ends of lines; what a spreadsheet would take for a formula is made text.
import { valueOrUndefined } from '../base/availability.ts';
import { escapeControls } from '../report/display-width.ts';
import type { ComparedCase, ComparedMetric, Comparison } from './comparison.ts';

type Cell = string | number | null;

/** Text columns of a case, in order; `axes` is JSON. */
const CASE_COLUMNS: Readonly<Record<string, (one: ComparedCase) => Cell>> = {
  case: ({ id }) => id,
  benchmark: ({ benchmark }) => benchmark,
  axes: ({ axes }) => JSON.stringify(axes),
  kind: ({ kind }) => kind,
  category: ({ category }) => category,
  baseline_runs: ({ runs }) => runs.baseline,
  contender_runs: ({ runs }) => runs.contender,
  verdict: ({ verdict }) => verdict,
  reason: ({ reason }) => reason,
  judged_by: ({ judgedBy }) => judgedBy,
  p: ({ p }) => valueOrUndefined(p)?.raw ?? null,
  p_holm: ({ p }) => valueOrUndefined(p)?.holm ?? null,
  p_unknown_because: ({ p }) => (p.available ? null : p.reason),
  main_cause: ({ explanation }) => valueOrUndefined(explanation)?.mainCause ?? null,
  explanation: ({ explanation }) =>
    explanation.available ? explanation.value.statement : `not known: ${explanation.reason}`,
  outputs: ({ outputs }) => outputs.verdict,
  doubts: ({ doubts }) => doubts.map(({ id }) => id).join(' '),
};

/** Columns of a metric; empty in the one row of a case that has none. */
const METRIC_COLUMNS: Readonly<Record<string, (metric: ComparedMetric) => Cell>> = {
  metric: ({ id }) => id,
  unit: ({ unit }) => unit,
  better: ({ better }) => better,
  baseline: ({ baseline }) => baseline.value,
  baseline_low: ({ baseline }) => baseline.low,
  baseline_high: ({ baseline }) => baseline.high,
  contender: ({ contender }) => contender.value,
  contender_low: ({ contender }) => contender.low,
  contender_high: ({ contender }) => contender.high,
  ratio: ({ ratio }) => ratio.value,
  ratio_low: ({ ratio }) => ratio.low,
  ratio_high: ({ ratio }) => ratio.high,
};

/** Renders the cases of a comparison; figures have all their digits. */
export function comparisonCsv({ cases }: Pick<Comparison, 'cases'>): string {
  const head = [...Object.keys(CASE_COLUMNS), ...Object.keys(METRIC_COLUMNS)];
  const rows = cases.flatMap((one) => {
    const ofCase = Object.values(CASE_COLUMNS).map((cell) => cell(one));
    const metrics = one.metrics.length === 0 ? [null] : one.metrics;
    return metrics.map((metric) => [
      ...ofCase,
      ...Object.values(METRIC_COLUMNS).map((cell) => (metric === null ? null : cell(metric))),
    ]);
  });
  return [head, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\n`).join('');
}

/** With these a spreadsheet begins a formula, also in their full-width forms. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/u;

/** One cell: a number as it is, nothing for what is not there, text quoted where it must be. */
export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = escapeControls(cell, false);
  const text = FORMULA.test(safe) ? `'${safe}` : safe;
  return /[",\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
