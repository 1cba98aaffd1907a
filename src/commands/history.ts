// `guestmark history`: folders of reports in, what became of each case over time out. Everything that is said follows from the
// files and the options alone.
import { resolve } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import type { Side } from '../evidence/evidence.ts';
import { readSide } from '../evidence/read-side.ts';
import type { History, HistoryOptions, HistorySeries } from '../history/history.ts';
import { historyCsv } from '../history/history-csv.ts';
import { historyMarkdown } from '../history/history-markdown.ts';
import { historyOf } from '../history/history-of.ts';
import { historySummary } from '../history/history-places.ts';
import { historyTable } from '../history/history-table.ts';
import { checkWritable } from '../report/write-report.ts';
import type { Selector } from '../suite/selector.ts';
import { EXIT } from './exit-codes.ts';
import { matchesCase } from './matches-case.ts';
import type { ResultFormat } from './result-options.ts';
import type { Terminal } from './terminal.ts';
import { toolRecord } from './tool-record.ts';
import { type Result, writeResult } from './write-result.ts';

/** The options of the command, checked one by one. */
export interface HistoryRequest {
  /** Folders and files. */
  readonly paths: readonly string[];
  readonly options: HistoryOptions;
  /** Cases that match any of them are shown; all where there is none. */
  readonly selectors: readonly Selector[];
  readonly failOnSlower: boolean;
  /** Null for what the name of `out` says. */
  readonly format: ResultFormat | null;
  readonly out: string | null;
}

/**
 * Runs the command.
 *
 * @throws GuestmarkError (usage) where no report can be read, or none has such a case.
 */
export async function historyCommand(request: HistoryRequest, terminal: Terminal): Promise<number> {
  const out = request.out === null ? null : resolve(request.out);
  if (out !== null) checkWritable(out, 'history');
  const side = await read(request, terminal);
  if (terminal.isInteractive) terminal.drawStatus('looking for changes');
  const history = historyOf(side, request.options, toolRecord());
  terminal.clearProgress();
  refuseEmpty(history, request.options, side);
  writeResult(resultOf(history), request.format, out, terminal);
  return exitCodeOf(history, request, terminal);
}

/** More are in the JSON. */
const MOST_NOTES = 10;

async function read({ paths, selectors }: HistoryRequest, terminal: Terminal): Promise<Side> {
  const onFile = (path: string, done: number, count: number): void =>
    terminal.drawStatus(`reading ${done + 1}/${count}: ${path}`);
  const side = await readSide(paths, terminal.isInteractive ? { onFile } : {});
  terminal.clearProgress();
  for (const { message } of side.refused.slice(0, MOST_NOTES)) terminal.note(`guestmark: ${message}`);
  const more = side.refused.length - MOST_NOTES;
  if (more > 0) terminal.note(`guestmark: and ${more} more`);
  if (side.reports.length === 0) {
    throw new GuestmarkError('usage', `Cannot show a history: there is no report in ${paths.join(', ')}`, {
      hint: 'keep reports in a folder: guestmark run --out reports/$(date -u +%F).json',
    });
  }
  return selectors.length === 0 ? side : { ...side, cases: chosenCases(side, selectors) };
}

function chosenCases({ cases }: Side, selectors: readonly Selector[]): Side['cases'] {
  const chosen = cases.filter((one) => selectors.some((selector) => matchesCase(selector, one)));
  if (chosen.length > 0) return chosen;
  const asked = selectors.map(({ text }) => text).join(', ');
  throw new GuestmarkError('usage', `Cannot show a history of ${asked}: no report has such a case`, {
    hint: 'leave out --case to see all cases',
  });
}

function refuseEmpty({ reports, refused }: History, { sinceMs }: HistoryOptions, side: Side): void {
  if (reports.length > 0) return;
  if (sinceMs === null || side.reports.every(({ startedAt }) => !startedAt.available)) {
    throw new GuestmarkError(
      'usage',
      refused.at(-1)?.message ?? 'Cannot show a history: no report has a time',
    );
  }
  const since = new Date(sinceMs).toISOString();
  throw new GuestmarkError('usage', `Cannot show a history since ${since}: every report is older`, {
    hint: 'give an earlier date, in UTC',
  });
}

function resultOf(history: History): Result {
  return {
    what: 'history',
    value: history,
    summary: () => historySummary(history),
    table: (layout) => historyTable(history, layout),
    markdown: () => historyMarkdown(history),
    csv: () => historyCsv(history),
  };
}

function exitCodeOf({ series }: History, { failOnSlower }: HistoryRequest, terminal: Terminal): number {
  const slower = failOnSlower ? series.filter(isSlower) : [];
  if (slower.length === 0) return EXIT.ok;
  const names = slower.slice(0, 3).map(({ caseId }) => caseId);
  const more = slower.length > names.length ? ` and ${slower.length - names.length} more` : '';
  terminal.note(`guestmark: Failed by --fail-on slower: ${names.join(', ')}${more}`);
  return EXIT.failed;
}

/** The level that it has now is slower than the one before, or the latest report is slower than its level. */
function isSlower({ changes, latest }: HistorySeries): boolean {
  return changes.at(-1)?.verdict === 'slower' || latest.verdict === 'slower';
}
