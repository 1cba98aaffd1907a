// A fleet as an Apache Parquet file, for DuckDB, pandas and the like: the rows of the CSV, each with who the node is and in what
// state, because repeated text costs that format nothing.
import { type ParquetCell, type ParquetOptions, parquetPieces } from '../export/parquet-table.ts';
import type { FleetReport } from './fleet-report.ts';
import { type FleetRow, fleetRows, MEASURE_COLUMNS, NODE_COLUMNS } from './fleet-rows.ts';

/** A case of ten thousand nodes is a group: a merge that has read thousands of reports has little memory to spare. */
const GROUP_ROWS = 30_000;

const COLUMNS = [...MEASURE_COLUMNS, ...NODE_COLUMNS];

/**
 * The bytes of the file in pieces of a group of rows each.
 *
 * @throws GuestmarkError (environment) where the writer is not installed.
 */
export function fleetParquet(report: FleetReport, options: ParquetOptions): AsyncGenerator<Uint8Array> {
  const rowMeaning = 'one node, case and metric each; times in ns of one iteration; ratio is to the median';
  return parquetPieces(
    { columns: COLUMNS, rowMeaning, batches: batchesOf(report) },
    { groupRows: GROUP_ROWS, ...options },
  );
}

function* batchesOf(report: FleetReport): Generator<Iterable<readonly ParquetCell[]>> {
  for (const rows of fleetRows(report)) yield cellsOf(rows);
}

function* cellsOf(rows: Iterable<FleetRow>): Generator<readonly ParquetCell[]> {
  for (const row of rows) yield COLUMNS.map(({ cell }) => cell(row));
}
