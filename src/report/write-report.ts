// Puts a report on disk so that a reader never sees half of one: whole into a temporary file beside it, then
// renamed. Synchronous, because the last save may happen while the process is being ended.
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileProblem } from '../base/file-problem.ts';
import type { Report } from './report.ts';
import type { TimeReport } from './time-report.ts';

/**
 * Writes the report, replacing what was there. A path that is no regular file (a pipe, /dev/stdout) is written to
 * directly.
 *
 * @throws GuestmarkError (output) naming the path and the reason; an earlier report stays as it was.
 */
export function saveReport(path: string, report: Report | TimeReport): void {
  saveText(path, `${JSON.stringify(report)}\n`, 'report');
}

/**
 * Writes any text in the same way.
 *
 * @param what What it is, for messages: `report`, `comparison`.
 * @throws GuestmarkError (output) naming the path and the reason; an earlier file stays as it was.
 */
export function saveText(path: string, text: string, what: string): void {
  withOutputErrors(path, what, () => {
    const target = targetOf(path);
    if (target.special) writeFileSync(target.path, text);
    else replaceFile(target.path, text);
  });
}

/**
 * Makes sure, as far as one can before, that {@link saveReport} will be able to write to `path`. Leaves nothing
 * behind.
 *
 * @throws GuestmarkError (output) naming the path and the reason.
 */
export function checkWritable(path: string, what = 'report'): void {
  withOutputErrors(path, what, () => {
    const target = targetOf(path);
    if (target.exists) accessSync(target.path, constants.W_OK);
    if (target.special) return;
    // Only an attempt tells: root passes every access check, also on a read-only file system.
    probe(temporaryBeside(target.path));
  });
}

/** The least that a report takes: a file system that is full still creates empty files. */
const PROBE_BYTES = 16 * 2 ** 10;

function probe(temporary: string): void {
  try {
    writeDurably(temporary, Buffer.alloc(PROBE_BYTES));
  } finally {
    rmSync(temporary, { force: true });
  }
}

interface Target {
  readonly path: string;
  readonly exists: boolean;
  /** Neither a regular file nor missing: nothing that may be replaced by renaming. */
  readonly special: boolean;
}

function targetOf(path: string): Target {
  const stats: Stats | undefined = statSync(path, { throwIfNoEntry: false });
  const isFolder = path === '' || path.endsWith('/') || stats?.isDirectory() === true;
  if (isFolder) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
  if (stats === undefined) return { path, exists: false, special: false };
  // Renaming onto a symbolic link would replace the link.
  return stats.isFile()
    ? { path: realpathSync(path), exists: true, special: false }
    : { path, exists: true, special: true };
}

function replaceFile(path: string, text: string): void {
  const temporary = temporaryBeside(path);
  try {
    writeDurably(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeDurably(path: string, content: string | Uint8Array): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function temporaryBeside(path: string): string {
  return join(dirname(path), `.guestmark-${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
}

function withOutputErrors(path: string, what: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw fileProblem(what, path, error);
  }
}
