// The files of the project as the structure rules need them. Lists what is there; judges nothing.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSource, type SourceFile } from './source-file.ts';

/** The project's root, with a slash at its end. */
export const ROOT: string = fileURLToPath(new URL('../../', import.meta.url));

/** A file that is only looked at as text. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Paths below `folder` with one of the endings, relative to the root and sorted. */
export function filesBelow(folder: string, ...endings: readonly string[]): readonly string[] {
  const names = readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' });
  return names
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .sort();
}

/** The text of files. */
export function readFiles(paths: readonly string[]): readonly TextFile[] {
  return paths.map((path) => ({ path, text: readFileSync(ROOT + path, 'utf8') }));
}

/** Parses files. */
export function parseFiles(paths: readonly string[]): readonly SourceFile[] {
  return readFiles(paths).map(({ path, text }) => parseSource(path, text));
}
