// Puts a report on disk so that a reader never sees half of one: whole into a temporary file beside it, then
// renamed. Synchronous, because the last save may happen while the process is being ended.
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
import { refuseForeignLink } from '../base/foreign-link.ts';
import { temporaryName } from '../base/temporary-name.ts';
import { keepAccess } from './keep-access.ts';
import type { Report } from './report.ts';
import { removeStaleTemporaries } from './stale-temporaries.ts';
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
  withOutputErrors(what, path, () => {
    const target = targetOf(path);
    if (target.special) writeFileSync(target.path, text);
    else replaceFile(target, text);
  });
}

/**
 * Writes a file piece by piece as they come, in the same way: whole or not at all.
 *
 * @param what What the file is, for messages: `export`.
 * @throws GuestmarkError (output) naming the path and the reason, and whatever the pieces throw; an earlier file stays as it was.
 */
export async function savePieces(
  path: string,
  what: string,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const target = withOutputErrors(what, path, () => targetOf(path));
  const temporary = target.special ? null : temporaryBeside(target.path);
  const writing = temporary ?? target.path;
  const file = withOutputErrors(what, path, () => openSync(writing, temporary === null ? 'w' : 'wx'));
  try {
    // Before there is anything in it: what was private is so while it is written, too.
    if (temporary !== null) keepAccess(file, target.earlier);
    for await (const piece of pieces) withOutputErrors(what, path, () => writeFileSync(file, piece));
    // A pipe has nothing to make durable.
    if (temporary !== null) withOutputErrors(what, path, () => fsyncSync(file));
  } catch (error) {
    if (temporary !== null) rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  if (temporary !== null) withOutputErrors(what, path, () => renameSync(temporary, target.path));
}

/**
 * Makes sure, as far as one can before, that {@link saveReport} or {@link savePieces} will be able to write to `path`. Leaves
 * nothing behind, and removes what processes that were killed have left there.
 *
 * @param what What the file is, for messages.
 * @throws GuestmarkError (output) naming the path and the reason.
 */
export function checkWritable(path: string, what = 'report'): void {
  withOutputErrors(what, path, () => {
    const target = targetOf(path);
    if (target.earlier !== null) accessSync(target.path, constants.W_OK);
    if (target.special) return;
    removeStaleTemporaries(dirname(target.path));
    // Only an attempt tells: root passes every access check, also on a read-only file system.
    probe(temporaryBeside(target.path));
  });
}

/** The least that a report takes: a file system that is full still creates empty files. */
const PROBE_BYTES = 16 * 2 ** 10;

function probe(temporary: string): void {
  try {
    writeDurably(temporary, Buffer.alloc(PROBE_BYTES), null);
  } finally {
    rmSync(temporary, { force: true });
  }
}

interface Target {
  readonly path: string;
  /** What is there now. */
  readonly earlier: Stats | null;
  /** Neither a regular file nor missing: nothing that may be replaced by renaming. */
  readonly special: boolean;
}

function targetOf(path: string): Target {
  refuseForeignLink(path);
  const stats: Stats | undefined = statSync(path, { throwIfNoEntry: false });
  const isFolder = path === '' || path.endsWith('/') || stats?.isDirectory() === true;
  if (isFolder) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
  if (stats === undefined) return { path, earlier: null, special: false };
  // Renaming onto a symbolic link would replace the link.
  return stats.isFile()
    ? { path: realpathSync(path), earlier: stats, special: false }
    : { path, earlier: stats, special: true };
}

function replaceFile({ path, earlier }: Target, text: string): void {
  const temporary = temporaryBeside(path);
  try {
    writeDurably(temporary, text, earlier);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeDurably(path: string, content: string | Uint8Array, earlier: Stats | null): void {
  const file = openSync(path, 'wx');
  try {
    keepAccess(file, earlier);
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function temporaryBeside(path: string): string {
  return join(dirname(path), temporaryName());
}

function withOutputErrors<T>(what: string, path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw fileProblem(what, path, error);
  }
}
