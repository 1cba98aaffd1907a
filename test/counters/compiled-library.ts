// Libraries of C that stand in for those of vendors, with their documented interface: the real calls go into them.
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { temporaryFolder } from '../e2e/guestmark.ts';

/** Whether there is a C compiler; said aloud where there is none. */
export function hasCompiler(test: string): boolean {
  const found = spawnSync('cc', ['--version']).status === 0;
  if (!found) console.warn(`${test}: skipping the calls, because there is no C compiler`);
  return found;
}

/** Builds a library of test/fixtures in a folder that goes away; with each set of macros another one. */
export function libraryFolder(
  source: string,
): { readonly build: (name: string, ...macros: readonly string[]) => string } & Disposable {
  const folder = temporaryFolder();
  const path = new URL(`../fixtures/${source}`, import.meta.url).pathname;
  return {
    build: (name, ...macros) => {
      const library = join(folder.path, name);
      const defined = macros.map((macro) => `-D${macro}`);
      execFileSync('cc', ['-Wall', '-Werror', '-shared', '-fPIC', ...defined, '-o', library, path]);
      return library;
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}
