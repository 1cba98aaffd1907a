// `guestmark export`: reports in a format of other programs. Reads one report at a time and writes as it reads, so that hundreds
// fit into memory; a file that cannot be used is told of, and the rest is exported.
import { setImmediate } from 'node:timers/promises';
import { GuestmarkError } from '../base/errors.ts';
import { loadPart } from '../base/load-part.ts';
import { findReportFiles } from '../evidence/find-report-files.ts';
import { readJson } from '../evidence/read-json.ts';
import { refusalOf } from '../evidence/refuse-file.ts';
import type { ExportFormat } from '../export/format-names.ts';
import type { NamedReport, NamedReports } from '../export/named-report.ts';
import { checkWritable, savePieces } from '../report/write-report.ts';
import type { Selector } from '../suite/selector.ts';
import { type CaseChoice, chooseCases } from './choose-cases.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { toolRecord } from './tool-record.ts';

/** The options of the command, complete and checked. */
export interface ExportOptions {
  readonly format: ExportFormat;
  /** Files and folders. */
  readonly paths: readonly string[];
  /** Null for standard output. */
  readonly out: string | null;
  /** Cases that match any of them are kept; all where there is none. */
  readonly selectors: readonly Selector[];
}

/**
 * Runs the command.
 *
 * @throws GuestmarkError where nothing can be written, or there is nothing to write.
 */
export async function exportCommand(options: ExportOptions, terminal: Terminal): Promise<number> {
  const { format, out } = options;
  refuseUnnamed(options);
  const choice = chooseCases(options.selectors);
  if (out !== null) checkWritable(out, 'export');
  else if (format === 'parquet' && process.stdout.isTTY === true) throw notForTerminals();
  const reports = await begun(usableReports(options.paths, choice, terminal), choice);
  const pieces = await piecesOf(format, reports);
  if (out === null) {
    await printPieces(pieces, terminal);
    return EXIT.ok;
  }
  await savePieces(out, 'export', pieces);
  terminal.print(`Export: ${out}`);
  return EXIT.ok;
}

/** A reader that has seen enough (`| head`) closes the pipe: hundreds of reports are then not read for nobody. */
async function printPieces(pieces: AsyncIterable<string | Uint8Array>, terminal: Terminal): Promise<void> {
  let isGone = false;
  const leave = (): void => {
    isGone = true;
  };
  process.stdout.once('error', leave);
  for await (const piece of pieces) {
    print(piece, terminal);
    // Files are read at once, so that no event would come in between.
    await setImmediate();
    if (isGone) break;
  }
  process.stdout.off('error', leave);
}

function refuseUnnamed({ paths }: ExportOptions): void {
  if (paths.length > 0) return;
  throw new GuestmarkError('usage', 'Cannot export anything: no report is named', {
    hint: 'the form is `guestmark export FORMAT REPORT…`, with files or folders',
  });
}

function notForTerminals(): GuestmarkError {
  return new GuestmarkError('usage', 'Cannot print parquet: standard output is a terminal', {
    hint: 'name a file with --out, or write to a pipe',
  });
}

/** Bytes are written as they are. */
function print(piece: string | Uint8Array, terminal: Terminal): void {
  if (typeof piece === 'string') terminal.print(piece);
  else process.stdout.write(piece);
}

async function piecesOf(
  format: ExportFormat,
  reports: NamedReports,
): Promise<AsyncIterable<string | Uint8Array>> {
  if (format === 'parquet') {
    const { parquet } = await loadPart(import('../export/parquet.ts'));
    return parquet(reports, { tool: toolRecord() });
  }
  const { exportText } = await loadPart(import('../export/text-formats.ts'));
  return exportText(format, reports);
}

/** Those that can be read and have one of the cases; says why others have not. */
async function* usableReports(
  paths: readonly string[],
  choice: CaseChoice,
  terminal: Terminal,
): AsyncGenerator<NamedReport> {
  const { files, refused } = findReportFiles(paths);
  for (const { message } of refused) terminal.note(`guestmark: ${message}`);
  const { checkReport } = await loadPart(import('../report/parse-report.ts'));
  for (const path of files) {
    try {
      const report = choice.of(checkReport(await readJson(path), path));
      if (report !== null) yield { path, report };
    } catch (error) {
      terminal.note(`guestmark: ${refusalOf(path, error).message}`);
    }
  }
}

/**
 * The same reports, of which the first was read: a format is begun only where there is one.
 *
 * @throws GuestmarkError (usage) where there is none.
 */
async function begun(reports: AsyncGenerator<NamedReport>, choice: CaseChoice): Promise<NamedReports> {
  const first = await reports.next();
  if (first.done === true) throw choice.nothingLeft();
  return (async function* all(): NamedReports {
    yield first.value;
    yield* reports;
  })();
}
