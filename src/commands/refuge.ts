// Where a last report goes when it cannot be written where it was asked for: what was measured is not lost to a full disk.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describeError } from '../base/errors.ts';
import { fileProblem } from '../base/file-problem.ts';
import type { Report } from '../report/report.ts';
import type { TimeReport } from '../report/time-report.ts';
import { saveReport } from '../report/write-report.ts';
import type { Terminal } from './terminal.ts';

/** Saves the report in the folder for temporary files, and says where it is, or that it is nowhere. */
export function keepElsewhere(
  path: string,
  report: Report | TimeReport,
  terminal: Pick<Terminal, 'note'>,
): void {
  try {
    const refuge = saveInRefuge(basename(path), report);
    terminal.note(`Report: ${refuge} (because ${path} could not be written)`);
  } catch (error) {
    terminal.note(describeError(error));
    terminal.note('The report is in no file: what is printed is all that is left of it');
  }
}

/**
 * A place in a new folder of our own: in a folder that everybody writes to, a name that can be guessed may be somebody's link
 * to another file of ours.
 */
function saveInRefuge(name: string, report: Report | TimeReport): string {
  const folder = newFolder();
  try {
    const refuge = join(folder, name);
    saveReport(refuge, report);
    return refuge;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function newFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'guestmark-'));
  } catch (error) {
    throw fileProblem('report below', tmpdir(), error);
  }
}
