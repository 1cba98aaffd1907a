// A fleet as CSV, one row a node, case and metric: for spreadsheets and data frames. In pieces of a case each, because the whole of
// a large fleet fits into no string.
import { csvLine } from '../export/csv-text.ts';
import type { FleetReport } from './fleet-report.ts';
import { fleetRows, MEASURE_COLUMNS } from './fleet-rows.ts';

/** Lines of a piece; a piece is what is written at once. */
const PIECE_LINES = 10_000;

/** The table with its header line; figures have all their digits. */
export function* fleetCsv(report: FleetReport): Generator<string> {
  let lines = [csvLine(MEASURE_COLUMNS.map(({ name }) => name))];
  for (const rows of fleetRows(report)) {
    for (const row of rows) {
      lines.push(csvLine(MEASURE_COLUMNS.map(({ cell }) => cell(row))));
      if (lines.length < PIECE_LINES) continue;
      yield lines.join('');
      lines = [];
    }
  }
  if (lines.length > 0) yield lines.join('');
}
