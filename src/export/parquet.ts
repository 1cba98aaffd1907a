// Every sample of reports as rows of an Apache Parquet file, for DuckDB, pandas and the like. The writer is an optional
// dependency and is loaded here only; what a row holds is that of samples-csv, with what tells the report from others.
import type { SchemaElement } from 'hyparquet-writer';
import { GuestmarkError } from '../base/errors.ts';
import { sampledRuns } from '../report/case-samples.ts';
import type { NamedReport, NamedReports } from './named-report.ts';
import { IDENTITY_COLUMNS, reportIdentity } from './report-identity.ts';
import { SAMPLE_COLUMNS } from './sample-columns.ts';

/** The package that writes the format. */
type Writer = Pick<typeof import('hyparquet-writer'), 'ByteWriter' | 'ParquetWriter'>;

/** What is told about the file itself. */
export interface ParquetOptions {
  readonly tool: { readonly name: string; readonly version: string };
  /** Rows of a group; large groups are read faster, and small ones take less memory to write. */
  readonly groupRows?: number;
  /** How the writer is loaded; by its name where nothing is said. */
  readonly load?: () => Promise<Writer>;
}

const CASE_TEXTS = ['case', 'benchmark', 'axes'] as const;
const COUNTS = ['run', 'sample', 'iterations'] as const;
const NAMES: readonly string[] = [...IDENTITY_COLUMNS, ...CASE_TEXTS, ...COUNTS, ...SAMPLE_COLUMNS];

const GROUP_ROWS = 100_000;

/**
 * The bytes of the file.
 *
 * @throws GuestmarkError (environment) where the writer is not installed.
 */
export async function parquet(reports: NamedReports, options: ParquetOptions): Promise<Uint8Array> {
  const { ByteWriter, ParquetWriter } = await loadWriter(options.load ?? (() => import('hyparquet-writer')));
  const { name, version } = options.tool;
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: SCHEMA,
    createdBy: `${name} version ${version}`,
    kvMetadata: [
      { key: 'guestmark.version', value: version },
      { key: 'guestmark.rows', value: 'one sample each; times in ns of a whole submission of `iterations`' },
    ],
  });
  const { groupRows = GROUP_ROWS } = options;
  let columns = emptyColumns();
  const flush = (): void => {
    const columnData = NAMES.map((column, i) => ({ name: column, data: columns[i] as Cell[] }));
    writer.write({ columnData, rowGroupSize: groupRows });
    columns = emptyColumns();
  };
  for await (const named of reports) {
    addRows(columns, named);
    if ((columns[0] as Cell[]).length >= groupRows) flush();
  }
  flush();
  writer.finish();
  return bytes.getBytes();
}

async function loadWriter(load: () => Promise<Writer>): Promise<Writer> {
  try {
    return await load();
  } catch (cause) {
    throw new GuestmarkError(
      'environment',
      'Cannot write Parquet: the package hyparquet-writer is not installed',
      {
        hint: 'install guestmark without --omit=optional, or export samples-csv',
        cause,
      },
    );
  }
}

type Cell = string | number | bigint | null;

function emptyColumns(): readonly Cell[][] {
  return NAMES.map(() => []);
}

const SCHEMA: SchemaElement[] = [
  { name: 'root', num_children: NAMES.length },
  ...[...IDENTITY_COLUMNS, ...CASE_TEXTS].map(
    (name): SchemaElement => ({
      name,
      type: 'BYTE_ARRAY',
      converted_type: 'UTF8',
      repetition_type: 'OPTIONAL',
    }),
  ),
  ...COUNTS.map((name): SchemaElement => ({ name, type: 'INT64', repetition_type: 'REQUIRED' })),
  ...SAMPLE_COLUMNS.map((name): SchemaElement => ({ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' })),
];

function addRows(columns: readonly Cell[][], { path, report }: NamedReport): void {
  const { startedAt, host, device, driver, hypervisor, attachment, tier } = reportIdentity(report);
  const who: readonly Cell[] = [path, startedAt, host, device, driver, hypervisor, attachment, tier];
  for (const { id, benchmark, axes, runs } of report.results) {
    for (const { run, iterations, samples } of sampledRuns(runs)) {
      const same = [...who, id, benchmark, JSON.stringify(axes), BigInt(run)];
      const each = BigInt(iterations);
      const clocks = SAMPLE_COLUMNS.map((column) => samples[column]);
      samples.wallNs.forEach((_, sample) => {
        const row = [...same, BigInt(sample), each, ...clocks.map((values) => values[sample] ?? null)];
        row.forEach((cell, i) => {
          (columns[i] as Cell[]).push(cell);
        });
      });
    }
  }
}
