// Temporary files whose writer was killed between writing and renaming: removed before something is written beside them. Touches
// only names that this program makes, of processes that are gone.
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TEMPORARY_NAME } from '../base/temporary-name.ts';

/** A process of another container or machine cannot be looked for; it would have written on since. */
const STALE_MS = 600e3;

/** Removes them from `folder`. What cannot be listed, judged or removed stays. */
export function removeStaleTemporaries(folder: string): void {
  for (const name of namesIn(folder)) {
    const pid = TEMPORARY_NAME.exec(name)?.[1];
    if (pid !== undefined) removeIfStale(join(folder, name), Number(pid));
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeIfStale(path: string, pid: number): void {
  try {
    const file = lstatSync(path);
    const writtenMsAgo = Date.now() - file.mtimeMs;
    if (file.isFile() && writtenMsAgo > STALE_MS && isGone(pid, writtenMsAgo)) rmSync(path);
  } catch {
    // Another run was faster, or it is another user's.
  }
}

/** In a container every run may have the number of this one: a file that is older than this process is not from it. */
function isGone(pid: number, writtenMsAgo: number): boolean {
  if (pid === process.pid) return writtenMsAgo > process.uptime() * 1e3;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
