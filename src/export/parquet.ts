// Every sample of reports as rows of an Apache Parquet file, for DuckDB, pandas and the like. What a row holds is that of
// samples-csv, with what tells the report from others.
import { sampledRuns } from '../report/case-samples.ts';
import type { NamedReport, NamedReports } from './named-report.ts';
import { type ParquetCell, type ParquetColumn, type ParquetOptions, parquetPieces } from './parquet-table.ts';
import { IDENTITY_COLUMNS, reportIdentity } from './report-identity.ts';
import { SAMPLE_COLUMNS } from './sample-columns.ts';

const COLUMNS: readonly ParquetColumn[] = [
  ...[...IDENTITY_COLUMNS, 'case', 'benchmark', 'axes'].map(
    (name): ParquetColumn => ({ name, type: 'text' }),
  ),
  ...['run', 'sample', 'iterations'].map((name): ParquetColumn => ({ name, type: 'count' })),
  ...SAMPLE_COLUMNS.map((name): ParquetColumn => ({ name, type: 'number' })),
];

/**
 * The bytes of the file in pieces; reads the reports as it goes on.
 *
 * @throws GuestmarkError (environment) where the writer is not installed.
 */
export function parquet(reports: NamedReports, options: ParquetOptions): AsyncGenerator<Uint8Array> {
  const rowMeaning = 'one sample each; times in ns of a whole submission of `iterations`';
  return parquetPieces({ columns: COLUMNS, rowMeaning, batches: batchesOf(reports) }, options);
}

async function* batchesOf(reports: NamedReports): AsyncIterable<Iterable<readonly ParquetCell[]>> {
  for await (const named of reports) yield rowsOf(named);
}

function* rowsOf({ path, report }: NamedReport): Iterable<readonly ParquetCell[]> {
  const { startedAt, host, device, driver, hypervisor, attachment, tier } = reportIdentity(report);
  const who: readonly ParquetCell[] = [path, startedAt, host, device, driver, hypervisor, attachment, tier];
  for (const { id, benchmark, axes, runs } of report.results) {
    for (const { run, iterations, samples } of sampledRuns(runs)) {
      const same = [...who, id, benchmark, JSON.stringify(axes), BigInt(run)];
      const each = BigInt(iterations);
      const clocks = SAMPLE_COLUMNS.map((column) => samples[column]);
      for (let sample = 0; sample < samples.wallNs.length; sample += 1)
        yield [...same, BigInt(sample), each, ...clocks.map((values) => values[sample] ?? null)];
    }
  }
}
