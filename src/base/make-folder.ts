// Makes a folder with all above it. Node's own recursive mkdir never ends where a file system says ENOENT of a name in a
// folder that is there, as /proc does. Knows nothing of what goes into the folder.
import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes `folder` where it is not there yet.
 *
 * @throws The error of the operating system: EEXIST where the path leads to something else.
 */
export function makeFolder(folder: string, mode?: number): void {
  const path = resolve(folder);
  const missing: string[] = [];
  for (let at = path; !exists(at); at = dirname(at)) missing.unshift(at);
  for (const at of missing) makeOne(at, mode);
  if (!statSync(path).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'EEXIST' });
}

/** Whether anything is there; the root always is. */
function exists(path: string): boolean {
  return dirname(path) === path || statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Another process may have been faster. */
function makeOne(path: string, mode: number | undefined): void {
  try {
    mkdirSync(path, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
