// Which files are meant by the files and folders that somebody names. Opens none of them: what they hold is told by reading.
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RefusedFile } from './evidence.ts';
import { refusalOf } from './refuse-file.ts';

/** A folder of folders of reports is found; whole file systems are not searched. */
const DEEPEST = 3;

/** What was found. */
export interface FoundFiles {
  /** As they were named, or below the folder that was; each file once, whatever its names. */
  readonly files: readonly string[];
  /** What was named and gives no file. */
  readonly refused: readonly RefusedFile[];
}

/**
 * Finds report files: what is named itself, and of folders every `*.json` down to the third level below, in the order of their
 * names. Hidden and temporary files and folders are left out, links to folders below are not followed.
 */
export function findReportFiles(paths: readonly string[]): FoundFiles {
  const found = new Map<string, string>();
  const refused: RefusedFile[] = [];
  for (const path of paths) {
    try {
      for (const file of filesOf(path)) {
        const real = realpathSync(file);
        if (!found.has(real)) found.set(real, file);
      }
    } catch (error) {
      refused.push(refusalOf(path, error));
    }
  }
  return { files: [...found.values()], refused };
}

function filesOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const files = filesBelow(path, DEEPEST);
  if (files.length === 0) throw new Error('there is no *.json file in this folder');
  return files;
}

function filesBelow(folder: string, levels: number): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(isVisible).sort(byName);
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return levels === 0 ? [] : below(path, levels - 1);
    return entry.name.endsWith('.json') && isFile(entry, path) ? [path] : [];
  });
}

/** A folder below that may not be read is no reason to give up the others. */
function below(folder: string, levels: number): readonly string[] {
  try {
    return filesBelow(folder, levels);
  } catch {
    return [];
  }
}

/** Links to files count, as far as they lead anywhere. */
function isFile(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** guestmark's own temporary files begin with a dot, too. */
function isVisible({ name }: Dirent): boolean {
  return !name.startsWith('.') && !name.startsWith('~');
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}
