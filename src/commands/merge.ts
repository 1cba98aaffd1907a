// `guestmark merge`: the reports of a fleet in, one report of the whole fleet out. Reads thousands of reports in threads and keeps
// of each some kilobytes; everything that is said follows from the files and the options alone.
import { resolve } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { counted } from '../compare/comparison-words.ts';
import { collectReports } from '../merge/collect-reports.ts';
import type { ReadSource } from '../merge/find-gaps.ts';
import { fleetCsv } from '../merge/fleet-csv.ts';
import { fleetMarkdown } from '../merge/fleet-markdown.ts';
import { fleetPage } from '../merge/fleet-page.ts';
import { fleetParquet } from '../merge/fleet-parquet.ts';
import { fleetPrometheus } from '../merge/fleet-prometheus.ts';
import type { FleetReport, MergeOptions } from '../merge/fleet-report.ts';
import { fleetReportTable } from '../merge/fleet-report-table.ts';
import { type FleetSources, findSources } from '../merge/fleet-sources.ts';
import { fleetSummary } from '../merge/fleet-words.ts';
import { mergeFleet, type ReadFleet } from '../merge/merge-fleet.ts';
import { readSummaries } from '../merge/read-summaries.ts';
import { checkWritable, savePieces, saveText } from '../report/write-report.ts';
import type { Selector } from '../suite/selector.ts';
import { EXIT } from './exit-codes.ts';
import { matchesCase } from './matches-case.ts';
import type { MergeFailure } from './merge-values.ts';
import type { ResultFormat } from './result-options.ts';
import type { Terminal } from './terminal.ts';
import { toolRecord } from './tool-record.ts';
import { formatOf, type Result, writeResult } from './write-result.ts';

/** Files beside the result, each where it is asked for. */
export type MergeFiles = Readonly<Record<'html' | 'prometheus' | 'parquet', string | null>>;

/** The options of the command, checked one by one. */
export interface MergeRequest {
  /** The folder of a fleet, or folders and files of reports. */
  readonly paths: readonly string[];
  readonly options: MergeOptions;
  /** Cases that match any of them are merged; all where there is none. */
  readonly selectors: readonly Selector[];
  readonly failOn: readonly MergeFailure[];
  /** Null for what the name of `out` says. */
  readonly format: ResultFormat | null;
  readonly out: string | null;
  readonly files: MergeFiles;
}

/**
 * Runs the command.
 *
 * @throws GuestmarkError (usage) where no report can be read, or none has such a case.
 */
export async function mergeCommand(request: MergeRequest, terminal: Terminal): Promise<number> {
  const { files } = request;
  const out = request.out === null ? null : resolve(request.out);
  for (const path of [out, ...Object.values(files)]) if (path !== null) checkWritable(path, 'fleet report');
  const fleet = await readFleet(request, terminal);
  refuseEmpty(fleet, request);
  if (terminal.isInteractive) terminal.drawStatus('comparing the nodes');
  const report = mergeFleet(fleet, request.options, toolRecord());
  terminal.clearProgress();
  tellRefused(report, terminal);
  await writeReport(report, { ...request, out }, terminal);
  await writeFiles(report, files, terminal);
  return exitCodeOf(report, request, terminal);
}

async function readFleet({ paths, selectors }: MergeRequest, terminal: Terminal): Promise<ReadFleet> {
  const sources: FleetSources = await findSources(paths);
  const { files } = sources;
  const collection = collectReports(
    (one) => selectors.length === 0 || selectors.some((selector) => matchesCase(selector, one)),
  );
  const read: ReadSource[] = [];
  const progress = (index: number): void =>
    terminal.drawStatus(`reading ${index + 1}/${files.length}: ${files[index]?.path}`);
  await readSummaries(
    files.map(({ path }) => path),
    {
      onFile: terminal.isInteractive ? progress : () => undefined,
      onSummary: (index, { summary, refused }) => {
        const report = summary === null ? null : collection.keep(summary);
        read[index] = { ...(files[index] as FleetSources['files'][number]), report, refused };
      },
    },
  );
  terminal.clearProgress();
  const { plan, tasks, refused } = sources;
  return { plan, tasks, refused, sources: read, cases: collection.cases() };
}

/** More are in the JSON. */
const MOST_NOTES = 10;

function tellRefused({ refused }: FleetReport, terminal: Terminal): void {
  for (const { message } of refused.slice(0, MOST_NOTES)) terminal.note(`guestmark: ${message}`);
  const more = refused.length - MOST_NOTES;
  if (more > 0) terminal.note(`guestmark: and ${more} more files that cannot be read`);
}

function refuseEmpty({ sources, refused, cases }: ReadFleet, { paths, selectors }: MergeRequest): void {
  if (sources.every(({ report }) => report === null)) {
    const [first] = [...refused, ...sources.flatMap((one) => one.refused ?? [])];
    const why = first === undefined ? '' : `: ${first.message}`;
    throw new GuestmarkError('usage', `Cannot merge ${paths.join(', ')}: no report can be read${why}`, {
      hint: 'give the folder of a fleet, or what guestmark run has written',
    });
  }
  if (cases.length > 0 || selectors.length === 0) return;
  const asked = selectors.map(({ text }) => text).join(', ');
  throw new GuestmarkError('usage', `Cannot merge ${asked}: no report has such a case`, {
    hint: 'leave out --case to see all cases',
  });
}

type Output = Pick<MergeRequest, 'format' | 'out'>;

/** CSV has a row for every node, case and metric: more than one string holds. */
async function writeReport(report: FleetReport, { format, out }: Output, terminal: Terminal): Promise<void> {
  const isCsv = (format ?? (out === null ? 'table' : formatOf(out))) === 'csv';
  if (!isCsv) writeResult(resultOf(report), format, out, terminal);
  else if (out === null) for (const piece of fleetCsv(report)) terminal.print(piece);
  else {
    await savePieces(out, 'fleet report', piecesOf(fleetCsv(report)));
    terminal.print(`${fleetSummary(report)}\nFleet report: ${out}`);
  }
}

function resultOf(report: FleetReport): Result {
  return {
    what: 'fleet report',
    value: report,
    summary: () => fleetSummary(report),
    table: (layout) => fleetReportTable(report, layout),
    markdown: () => fleetMarkdown(report),
    csv: () => [...fleetCsv(report)].join(''),
  };
}

/** How each further file is written. */
const FILES: Readonly<Record<keyof MergeFiles, (report: FleetReport, path: string) => void | Promise<void>>> =
  {
    html: (report, path) => saveText(path, fleetPage(report), 'page'),
    prometheus: (report, path) => savePieces(path, 'metrics', piecesOf(fleetPrometheus(report))),
    parquet: (report, path) => savePieces(path, 'table', fleetParquet(report, { tool: toolRecord() })),
  };

async function writeFiles(report: FleetReport, files: MergeFiles, terminal: Terminal): Promise<void> {
  for (const name of Object.keys(FILES) as readonly (keyof MergeFiles)[]) {
    const path = files[name];
    if (path === null) continue;
    await FILES[name](report, resolve(path));
    terminal.note(`guestmark: wrote ${path}`);
  }
}

async function* piecesOf(pieces: Iterable<string>): AsyncGenerator<string> {
  yield* pieces;
}

function exitCodeOf({ outliers, gaps }: FleetReport, { failOn }: MergeRequest, terminal: Terminal): number {
  const slow = outliers.filter(({ verdict }) => verdict === 'slower').length;
  const reasons = [
    ...(failOn.includes('outliers') && slow > 0 ? [`${counted(slow, 'node')} slower than the fleet`] : []),
    ...(failOn.includes('missing') && gaps.length > 0 ? [`${counted(gaps.length, 'report')} missing`] : []),
  ];
  if (reasons.length === 0) return EXIT.ok;
  terminal.note(`guestmark: Failed by --fail-on: ${reasons.join(', ')}`);
  return EXIT.failed;
}
