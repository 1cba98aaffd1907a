// What a shader or a suite file may name: both may come from a stranger, and a run puts what it reads into messages, into the
// report of a wrong value and into dumped outputs. So they reach their own folder, what is below it, and the folders that the
// command line gives with --include, wherever dots and links seem to lead. Modules are code and reach everything.
import { dirname, resolve } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { isWithin, realPath } from '../shader/resolve-include.ts';
import type { SuiteFile } from './suite-file.ts';

/**
 * Refuses a file or folder outside of the folders; of one that is not there its name decides.
 *
 * @param place Who names it, for the message: `my.comp:4`.
 * @throws GuestmarkError (usage) that names the option by which its folder can be allowed.
 */
export function requireReach(path: string, folders: readonly string[], place: string): void {
  const real = realPath(path) ?? resolve(path);
  if (folders.some((folder) => isWithin(real, realPath(folder) ?? resolve(folder)))) return;
  throw new GuestmarkError(
    'usage',
    `Cannot use ${path} (${place}): it lies outside of the folder of the file that names it`,
    {
      hint: 'allow its folder with --include',
    },
  );
}

/**
 * Refuses a suite file that names anything outside of its folder.
 *
 * @param allowed Further folders.
 * @throws GuestmarkError (usage) as `requireReach`.
 */
export function requireSuiteReach({ path, shaders, modules }: SuiteFile, allowed: readonly string[]): void {
  const folders = [dirname(path), ...allowed];
  const named = shaders.flatMap((shader) => [shader.path, ...(shader.options.includeFolders ?? [])]);
  for (const one of [...named, ...modules]) requireReach(one, folders, path);
}
