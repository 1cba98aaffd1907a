// `guestmark run --out FILE --resume`: reads the report, makes sure that it is one and of the same command, and measures what is
// missing in it. Until the first new result is there the file stays as it is.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { loadPart } from '../base/load-part.ts';
import { pathProblem } from '../definition/path-problem.ts';
import { readJson } from '../evidence/read-json.ts';
import { type Report, SCHEMA_VERSION } from '../report/report.ts';
import { shellWord } from '../report/saved-line.ts';
import { renderTable } from '../report/table.ts';
import { earlierWork, missingCount } from '../run/earlier-work.ts';
import { continuedOptions, type TypedLine } from './earlier-command.ts';
import { exitCodeOfReport } from './exit-codes.ts';
import { holdReport } from './report-in-use.ts';
import { measureReport, type RunOptions } from './run.ts';
import { runOptions } from './run-options.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs the command.
 *
 * @returns The exit code: of the report that is complete then.
 * @throws GuestmarkError for what ends the command before or instead of a result.
 */
export async function resumeCommand(
  typed: TypedLine,
  terminal: Terminal,
  untilInterrupted: () => AbortSignal,
): Promise<number> {
  const { out } = typed.flags;
  if (out === undefined) {
    throw new GuestmarkError('usage', 'Cannot resume a report: --out does not name it', {
      hint: 'give the file of the interrupted report: --out FILE --resume',
    });
  }
  const path = resolve(out);
  await holdReport(path);
  if (!existsSync(path)) {
    const { suite } = typed.flags;
    const what = typed.selectors.join(' ') || `the whole suite ${suite}`;
    terminal.note(`guestmark: there is no report ${out} yet: it is begun, with ${what}`);
    const options = runOptions(typed.selectors, typed.flags, typed.argv);
    return measureReport(options, terminal, untilInterrupted);
  }
  const report = await readReport(path, out);
  const options = continuedOptions(report.command, typed, out);
  if (report.status === 'complete' && missingIn(report) === 0) return showComplete(report, options, terminal);
  terminal.note(`guestmark: ${whatIsMissing(report, out)}`);
  try {
    return await measureReport(options, terminal, untilInterrupted, { report, name: out });
  } catch (error) {
    throw isMissingFile(error) ? inAnotherFolder(error) : error;
  }
}

/** What was given as a path that was found when the report was begun. */
function isMissingFile(error: unknown): error is GuestmarkError {
  return (
    error instanceof GuestmarkError && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
  );
}

function inAnotherFolder({ code, message, cause }: GuestmarkError): GuestmarkError {
  const hint = 'relative paths are looked up as they were: resume in the folder in which it was begun';
  return new GuestmarkError(code, message, { hint, cause });
}

async function readReport(path: string, name: string): Promise<Report> {
  const { checkReport } = await loadPart(import('../report/parse-report.ts'));
  const value = reading(name, () => readJson(path));
  const report = checkReport(value, name);
  if (report.schemaVersion === SCHEMA_VERSION) return report;
  const state = `its schemaVersion is ${report.schemaVersion} and that of this guestmark ${SCHEMA_VERSION}`;
  throw new GuestmarkError('usage', `Cannot resume ${name}: ${state}`, {
    hint: 'continue it with the version of guestmark that began it',
  });
}

function reading<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof GuestmarkError) throw error;
    throw new GuestmarkError('usage', `Cannot read report "${name}": ${pathProblem(error)}`, {
      cause: error,
    });
  }
}

function showComplete(report: Report, { out, json }: RunOptions, terminal: Terminal): number {
  terminal.note(`guestmark: nothing is missing in ${out}`);
  const layout = { width: terminal.width, color: terminal.color, reportPath: resolve(out) };
  terminal.print(json ? JSON.stringify(report, null, 2) : renderTable(report, layout));
  return exitCodeOfReport(report);
}

/** `resuming run.json: 5 of 12 case runs are missing (guestmark run copy --runs 3)`. */
function whatIsMissing(report: Report, name: string): string {
  const { results, command } = report;
  const all = results.length * command.runs;
  return `resuming ${name}: ${missingIn(report)} of ${all} case runs are missing (guestmark ${command.argv.map(shellWord).join(' ')})`;
}

function missingIn({ results, command }: Report): number {
  const ids = results.map(({ id }) => id);
  return missingCount(earlierWork(results), ids, command.runs);
}
