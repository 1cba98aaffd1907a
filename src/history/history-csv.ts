// A history as CSV, one row a point: for spreadsheets and data frames. Figures have all their digits; what a spreadsheet would
// take for a formula is made text.
import { valueOrUndefined } from '../base/availability.ts';
import { csvCell } from '../compare/comparison-csv.ts';
import type { History, HistoryPoint, HistoryReport, HistorySeries } from './history.ts';
import { eventWords } from './history-words.ts';

type Cell = Parameters<typeof csvCell>[0];

/** A point with what it belongs to. */
interface Row {
  readonly series: HistorySeries;
  readonly report: HistoryReport;
  readonly point: HistoryPoint;
  /** Its place in the series. */
  readonly index: number;
}

const COLUMNS: Readonly<Record<string, (row: Row) => Cell>> = {
  case: ({ series }) => series.caseId,
  benchmark: ({ series }) => series.benchmark,
  axes: ({ series }) => JSON.stringify(series.axes),
  producer: ({ series }) => series.producer,
  hostname: ({ series }) => valueOrUndefined(series.hostname) ?? null,
  device: ({ series }) => valueOrUndefined(series.device) ?? null,
  metric: ({ series }) => series.metric,
  unit: ({ series }) => series.unit,
  better: ({ series }) => series.better,
  report: ({ report }) => report.path,
  started_at: ({ report }) => report.startedAt,
  value: ({ point }) => point.value,
  low: ({ point }) => point.low,
  high: ({ point }) => point.high,
  runs: ({ point }) => point.runs,
  level: ({ series, index }) => series.changes.filter(({ point }) => point <= index).length + 1,
  change: ({ series, index }) => series.changes.find(({ point }) => point === index)?.verdict ?? null,
  change_ratio: ({ series, index }) =>
    series.changes.find(({ point }) => point === index)?.ratio.value ?? null,
  events: ({ series, index }) => {
    const here = series.events.filter(({ point }) => point === index);
    return here.length === 0 ? null : here.map(eventWords).join('; ');
  },
};

/** Renders the points of all series. `level` counts from 1; `change` and `events` are told at the first report with them. */
export function historyCsv({ series, reports }: Pick<History, 'series' | 'reports'>): string {
  const rows = series.flatMap((one) =>
    one.points.map((point, index) => {
      const row = { series: one, point, index, report: reports[point.report] as HistoryReport };
      return Object.values(COLUMNS).map((cell) => csvCell(cell(row)));
    }),
  );
  return [Object.keys(COLUMNS), ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}
