// Any table as an Apache Parquet file, in pieces, so that a table larger than the memory can be written. The writer is an optional
// dependency and is loaded here only; knows nothing of what the rows are.
import type { SchemaElement } from 'hyparquet-writer';
import { GuestmarkError } from '../base/errors.ts';

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

/** A column; a number that is counted is a bigint and is in every row, all else may be null. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: 'text' | 'number' | 'count';
}

/** What a cell holds; null is unknown. */
export type ParquetCell = string | number | bigint | null;

/** A table: its columns, what one row of it is, and its rows in batches, each read once. */
export interface ParquetTable {
  readonly columns: readonly ParquetColumn[];
  readonly rowMeaning: string;
  readonly batches:
    | AsyncIterable<Iterable<readonly ParquetCell[]>>
    | Iterable<Iterable<readonly ParquetCell[]>>;
}

const GROUP_ROWS = 100_000;

/**
 * The bytes of the file, a piece whenever a group of rows is full.
 *
 * @throws GuestmarkError (environment) where the writer is not installed.
 */
export async function* parquetPieces(
  { columns, rowMeaning, batches }: ParquetTable,
  options: ParquetOptions,
): AsyncGenerator<Uint8Array> {
  const { ByteWriter, ParquetWriter } = await loadWriter(options.load ?? (() => import('hyparquet-writer')));
  const { name, version } = options.tool;
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaOf(columns),
    createdBy: `${name} version ${version}`,
    kvMetadata: [
      { key: 'guestmark.version', value: version },
      { key: 'guestmark.rows', value: rowMeaning },
    ],
  });
  const { groupRows = GROUP_ROWS } = options;
  // Places in the file go on from `offset`; `index` is the place in the buffer, which is used again.
  const taken = (): Uint8Array => {
    const piece = bytes.getBytes().slice();
    bytes.index = 0;
    return piece;
  };
  let cells = columns.map((): ParquetCell[] => []);
  const flush = (): void => {
    const columnData = columns.map((column, i) => ({ name: column.name, data: cells[i] as ParquetCell[] }));
    writer.write({ columnData, rowGroupSize: groupRows });
    cells = columns.map((): ParquetCell[] => []);
  };
  for await (const rows of batches) {
    for (const row of rows) addRow(cells, row);
    if ((cells[0] as ParquetCell[]).length < groupRows) continue;
    flush();
    yield taken();
  }
  flush();
  writer.finish();
  yield taken();
}

function addRow(cells: readonly ParquetCell[][], row: readonly ParquetCell[]): void {
  for (let i = 0; i < cells.length; i += 1) (cells[i] as ParquetCell[]).push(row[i] as ParquetCell);
}

async function loadWriter(load: () => Promise<Writer>): Promise<Writer> {
  try {
    return await load();
  } catch (cause) {
    throw new GuestmarkError(
      'environment',
      'Cannot write Parquet: the package hyparquet-writer is not installed',
      { hint: 'install guestmark without --omit=optional, or write CSV', cause },
    );
  }
}

const TYPES: Readonly<Record<ParquetColumn['type'], Omit<SchemaElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  number: { type: 'DOUBLE', repetition_type: 'OPTIONAL' },
  count: { type: 'INT64', repetition_type: 'REQUIRED' },
};

function schemaOf(columns: readonly ParquetColumn[]): SchemaElement[] {
  return [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, type }): SchemaElement => ({ name, ...TYPES[type] })),
  ];
}
