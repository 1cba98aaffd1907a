// Which file an #include means. The shader may come from anyone, so a file is only taken from the shader's own
// folder and the include folders, wherever its name, its dots or its links seem to lead.
import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** A file, by the name a reader knows it by and by the one to open it by. */
export interface SourceFile {
  /** Relative where the shader's own is. */
  readonly shown: string;
  /** With every link resolved. */
  readonly real: string;
}

/** A file to include, or why there is none, as a clause. */
export type ResolvedInclude = { readonly file: SourceFile } | { readonly refusal: string };

/** Where includes may come from. */
export interface IncludeFolders {
  /** Searched in this order after the folder of the including file. */
  readonly searched: readonly string[];
  /** With every link resolved: nothing outside is opened. */
  readonly allowed: readonly string[];
}

/**
 * The include folders of a shader; its own folder is allowed too.
 *
 * @param folders Those that are not there are passed over.
 */
export function includeFoldersOf(shader: string, folders: readonly string[]): IncludeFolders {
  const allowed = [dirname(resolve(shader)), ...folders].flatMap((folder) => realPath(folder) ?? []);
  return { searched: folders, allowed };
}

/** Looks for an included file beside the including one, then in the include folders. */
export function resolveInclude(name: string, from: SourceFile, folders: IncludeFolders): ResolvedInclude {
  let isOutside = false;
  for (const folder of [dirname(from.shown), ...folders.searched]) {
    const shown = isAbsolute(name) ? name : join(folder, name);
    const real = realPath(shown);
    if (real === undefined) continue;
    if (!folders.allowed.some((allowed) => isWithin(real, allowed))) isOutside = true;
    else if (statSync(real, { throwIfNoEntry: false })?.isFile()) return { file: { shown, real } };
  }
  const state = isOutside
    ? 'outside of the include folders; allow its folder with --include'
    : 'no such file beside it or in the include folders';
  return { refusal: state };
}

/** Whether a path is the folder or below it; both with every link resolved. */
export function isWithin(path: string, folder: string): boolean {
  const between = relative(folder, path);
  return between !== '..' && !between.startsWith(`..${sep}`) && !isAbsolute(between);
}

/** A path with every link resolved; undefined where it leads to nothing. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
