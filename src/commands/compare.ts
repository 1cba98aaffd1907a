// `guestmark compare`: two sets of report files in, a verdict on every case out. Everything that is said follows from the files
// and the options alone.
import { resolve } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { loadPart } from '../base/load-part.ts';
import { compareSides } from '../compare/compare-sides.ts';
import type { CompareOptions, Comparison } from '../compare/comparison.ts';
import { comparisonCsv } from '../compare/comparison-csv.ts';
import { comparisonMarkdown } from '../compare/comparison-markdown.ts';
import { comparisonTable } from '../compare/comparison-table.ts';
import { counted, summaryText } from '../compare/comparison-words.ts';
import type { Side } from '../evidence/evidence.ts';
import { readSides } from '../evidence/read-side.ts';
import { checkWritable } from '../report/write-report.ts';
import type { Selector } from '../suite/selector.ts';
import type { FailReason } from './compare-values.ts';
import { EXIT } from './exit-codes.ts';
import { matchesCase } from './matches-case.ts';
import type { ResultFormat } from './result-options.ts';
import type { Terminal } from './terminal.ts';
import { toolRecord } from './tool-record.ts';
import { type Result, writeResult } from './write-result.ts';

/** The options of the command, checked one by one. */
export interface CompareRequest {
  /** Files and folders. */
  readonly baseline: readonly string[];
  readonly contender: readonly string[];
  readonly options: CompareOptions;
  /** Cases that match any of them are compared; all where there is none. */
  readonly selectors: readonly Selector[];
  /** What the sides are called; null for the names of their files. */
  readonly labels: readonly [baseline: string, contender: string] | null;
  readonly failOn: readonly FailReason[];
  /** Null for what the name of `out` says. */
  readonly format: ResultFormat | null;
  readonly out: string | null;
}

/**
 * Runs the command.
 *
 * @throws GuestmarkError (usage) where a side is not named or has no report.
 */
export async function compareCommand(request: CompareRequest, terminal: Terminal): Promise<number> {
  refuseUnnamed(request);
  const out = request.out === null ? null : resolve(request.out);
  if (out !== null) checkWritable(out, 'comparison');
  const [baseline, contender] = await readBoth(request, terminal);
  refuseUnmatched(request, baseline, contender);
  if (terminal.isInteractive) terminal.drawStatus(`comparing ${counted(baseline.cases.length, 'case')}`);
  const comparison = compareSides(baseline, contender, request.options, {
    tool: toolRecord(),
    labels: request.labels ?? [labelOf(request.baseline), labelOf(request.contender)],
  });
  terminal.clearProgress();
  writeResult(resultOf(comparison), request.format, out, terminal);
  if (!(await isValid(comparison, terminal))) return EXIT.internal;
  return exitCodeOf(comparison, request.failOn, terminal);
}

function refuseUnnamed({ baseline, contender }: CompareRequest): void {
  const hint =
    'the form is `guestmark compare BASELINE… --with CONTENDER…`, with files or folders on both sides';
  if (contender.length === 0) {
    throw new GuestmarkError('usage', 'Cannot compare with nothing: --with names the contender', { hint });
  }
  if (baseline.length === 0) {
    throw new GuestmarkError('usage', 'Cannot compare without a baseline: it stands before --with', { hint });
  }
}

/** More are in the JSON. */
const MOST_NOTES = 10;

async function readBoth(
  request: CompareRequest,
  terminal: Terminal,
): Promise<readonly [baseline: Side, contender: Side]> {
  const onFile = (path: string, done: number, count: number): void =>
    terminal.drawStatus(`reading ${done + 1}/${count}: ${path}`);
  const both = [request.baseline, request.contender];
  const [baseline, contender] = await readSides(both, terminal.isInteractive ? { onFile } : {});
  terminal.clearProgress();
  tellRefused('baseline', baseline as Side, terminal);
  tellRefused('contender', contender as Side, terminal);
  return [usable('baseline', baseline as Side, request), usable('contender', contender as Side, request)];
}

function tellRefused(name: string, { refused }: Side, terminal: Terminal): void {
  for (const { message } of refused.slice(0, MOST_NOTES)) terminal.note(`guestmark: ${message}`);
  const more = refused.length - MOST_NOTES;
  if (more > 0) terminal.note(`guestmark: and ${more} more of the ${name}`);
}

/** The side with the cases that are asked for. */
function usable(name: string, side: Side, { selectors }: CompareRequest): Side {
  if (side.reports.length === 0) {
    throw new GuestmarkError('usage', `Cannot compare: no report of the ${name} could be read`, {
      hint: 'give what guestmark run, guestmark time or hyperfine --export-json has written, or folders of it',
    });
  }
  const isChosen = (one: Side['cases'][number]): boolean =>
    selectors.some((selector) => matchesCase(selector, one));
  return selectors.length === 0 ? side : { ...side, cases: side.cases.filter(isChosen) };
}

function refuseUnmatched({ selectors }: CompareRequest, baseline: Side, contender: Side): void {
  if (selectors.length === 0 || baseline.cases.length + contender.cases.length > 0) return;
  const asked = selectors.map(({ text }) => text).join(', ');
  throw new GuestmarkError('usage', `Cannot compare: no report has a case that matches ${asked}`, {
    hint: 'leave out --case to see all cases',
  });
}

/** `bare/`, `old.json and 3 more`. */
function labelOf([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function resultOf(comparison: Comparison): Result {
  return {
    what: 'comparison',
    value: comparison,
    summary: () => summaryText(comparison),
    table: (layout) => comparisonTable(comparison, layout),
    markdown: () => comparisonMarkdown(comparison),
    csv: () => comparisonCsv(comparison),
  };
}

/** Checks the comparison against its own schema; one that does not fit is printed, and called a defect. */
async function isValid(comparison: Comparison, terminal: Terminal): Promise<boolean> {
  const { comparisonSchema } = await loadPart(import('../compare/comparison-schema.ts'));
  const { error } = comparisonSchema.safeParse(JSON.parse(JSON.stringify(comparison)));
  const [issue] = error?.issues ?? [];
  if (issue !== undefined)
    terminal.note(`guestmark: Cannot check the comparison: ${issue.path.join('.')}: ${issue.message}`);
  return error === undefined;
}

/** Without --fail-on no verdict is a failure: a script that only wants the table is not to end there. */
export function exitCodeOf(
  comparison: Comparison,
  failOn: readonly FailReason[],
  terminal: Pick<Terminal, 'note'>,
): number {
  // A gate that opens because cases were renamed is none.
  const nothing = failOn.length > 0 && comparison.cases.length === 0 ? ['nothing was compared'] : [];
  const reasons = [...nothing, ...failOn.flatMap((reason) => failureOf(comparison, reason) ?? [])];
  if (reasons.length === 0) return EXIT.ok;
  terminal.note(`guestmark: Failed by --fail-on: ${reasons.join('; ')}`);
  return EXIT.failed;
}

function failureOf({ counts, cases, doubts, fidelity }: Comparison, reason: FailReason): string | null {
  if (reason !== 'flags') {
    const count = counts[reason];
    return count === 0 ? null : `${counted(count, 'case')} ${count === 1 ? 'is' : 'are'} ${reason}`;
  }
  const ids = new Set([...doubts, ...cases.flatMap((one) => one.doubts)].map(({ id }) => id));
  if (fidelity.verdict === 'different') ids.add('different-outputs');
  return ids.size === 0 ? null : `flags ${[...ids].join(', ')}`;
}
