// Whether a program is on PATH, looked up below a root so that a recorded machine can be asked too.
import { join } from 'node:path';
import type { SystemFiles } from '../base/system-files.ts';
import { folderNames } from './folder-names.ts';
import { splitPaths } from './path-list.ts';

/** The first file named `name` in the folders of `env.PATH`, if there is one. */
export function findCommand(name: string, files: SystemFiles, env: NodeJS.ProcessEnv): string | undefined {
  const folder = splitPaths(env.PATH).find((candidate) => folderNames(files, candidate).includes(name));
  return folder === undefined ? undefined : join(folder, name);
}
