// Whether a program is on PATH.
import { join } from 'node:path';
import { type SystemFiles, valueOf } from '../base/index.ts';
import { splitPaths } from './path-list.ts';

/** The first file named `name` in the folders of `env.PATH`, if there is one. */
export function findCommand(name: string, files: SystemFiles, env: NodeJS.ProcessEnv): string | undefined {
  const folder = splitPaths(env.PATH).find((candidate) => valueOf(files.list(candidate))?.includes(name));
  return folder === undefined ? undefined : join(folder, name);
}
