// What the paths on a command line stand for: a shader, a module, a suite file, or a folder of them. Told by names alone;
// reads no file, only folders.
import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { pathProblem } from './path-problem.ts';

/** Something that can be run. */
export interface Target {
  readonly kind: 'shader' | 'module' | 'suite file';
  readonly path: string;
}

const KINDS: readonly (readonly [RegExp, Target['kind']])[] = [
  [/\.(comp|glsl|hlsl|spv|spvasm)$/i, 'shader'],
  [/\.[cm]?js$/i, 'module'],
  [/\.(yaml|yml|json)$/i, 'suite file'],
];
const TYPESCRIPT = /\.[cm]?ts$/i;
const SUITE_NAMES = ['suite.yaml', 'suite.yml', 'suite.json'];
/** More than anybody waits for. */
const MOST_TARGETS = 1000;

/** What a folder's files are taken for, the most original first: a plain .glsl is an include, a plain .js anything. */
const IN_FOLDER: readonly RegExp[] = [/\.comp(\.glsl)?$/i, /\.hlsl$/i, /\.spvasm$/i, /\.spv$/i, /\.mjs$/i];

/** Node since 22.18 loads TypeScript as it is. */
const LOADS_TYPESCRIPT = Boolean((process.features as { readonly typescript?: unknown }).typescript);

/** What the name of a file says that it is; undefined where it says nothing. */
export function targetKind(path: string): Target['kind'] | undefined {
  return KINDS.find(([ending]) => ending.test(path))?.[1];
}

/** Whether an argument is a path and not a selector, such as `copy[n=16Mi]`. */
export function isTarget(argument: string): boolean {
  if (argument === '.' || argument === '..' || /[/\\]/.test(argument)) return true;
  return targetKind(argument) !== undefined || TYPESCRIPT.test(argument);
}

/**
 * The targets that a path stands for: itself, or what is in a folder, sorted; folders in it are not searched. A folder
 * with a suite file stands for that file.
 *
 * @throws GuestmarkError (usage) where there is nothing to run.
 */
export function expandTarget(path: string, loadsTypeScript: boolean = LOADS_TYPESCRIPT): readonly Target[] {
  const stats = statsOf(path);
  if (stats.isDirectory()) return folderTargets(path);
  if (!stats.isFile()) throw cannotRun(path, 'it is neither a file nor a folder');
  const kind = targetKind(path);
  if (kind !== undefined) return [{ kind, path }];
  if (!TYPESCRIPT.test(path)) {
    throw cannotRun(path, 'its name does not say what it holds', `names end in ${ENDINGS}`);
  }
  if (loadsTypeScript) return [{ kind: 'module', path }];
  throw cannotRun(
    path,
    `Node ${process.versions.node} does not load TypeScript`,
    'compile it first and give the .js or .mjs, or use Node 22.18 or newer',
  );
}

const ENDINGS =
  '.comp, .glsl, .hlsl, .spv or .spvasm (shaders), .mjs or .js (modules), .yaml, .yml or .json (suite files)';

function cannotRun(path: string, state: string, hint?: string, cause?: unknown): GuestmarkError {
  return new GuestmarkError('usage', `Cannot run ${path}: ${state}`, {
    ...(hint === undefined ? {} : { hint }),
    cause,
  });
}

function statsOf(path: string): Stats {
  return reading(path, () => statSync(path));
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const hint = code === 'ENOENT' ? 'guestmark list names the benchmarks that are built in' : undefined;
    throw cannotRun(path, pathProblem(error), hint, error);
  }
}

function folderTargets(folder: string): readonly Target[] {
  const names = fileNames(folder);
  const suites = SUITE_NAMES.filter((name) => names.includes(name));
  if (suites.length > 1) throw cannotRun(folder, `it has both ${suites.join(' and ')}`, 'name one of them');
  const found = suites.length > 0 ? suites : originals(names);
  if (found.length > MOST_TARGETS) {
    const state = `it has ${found.length} shaders and modules, more than ${MOST_TARGETS}`;
    throw cannotRun(folder, state, 'name some of them');
  }
  if (found.length === 0) {
    const taken = 'a folder stands for its *.comp, *.comp.glsl, *.hlsl, *.spvasm, *.spv and *.mjs';
    throw cannotRun(
      folder,
      'no shader is in it',
      `${taken}; plain *.glsl are taken for includes, and folders in it are not searched`,
    );
  }
  // Every name that is left has an ending that says what it is.
  return found.map((name) => ({ kind: targetKind(name) as Target['kind'], path: join(folder, name) }));
}

function fileNames(folder: string): readonly string[] {
  const entries = reading(folder, () => readdirSync(folder, { withFileTypes: true }));
  return entries
    .filter((entry) => !entry.name.startsWith('.') && mayBeFile(folder, entry))
    .map(({ name }) => name)
    .sort();
}

/** A link that leads nowhere counts: whoever reads it will say so. */
function mayBeFile(folder: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  try {
    return statSync(join(folder, entry.name)).isFile();
  } catch {
    return true;
  }
}

/** What is to be run, without modules of SPIR-V that were made of something else in the folder. */
function originals(names: readonly string[]): readonly string[] {
  const ranked = names.flatMap((name) => {
    const rank = IN_FOLDER.findIndex((ending) => ending.test(name));
    return rank < 0 ? [] : [{ name, rank, stem: stemOf(name) }];
  });
  const isMade = (name: string): boolean => /\.spv(asm)?$/i.test(name);
  return ranked
    .filter(
      ({ name, rank, stem }) =>
        !isMade(name) ||
        !ranked.some((other) => other.stem === stem && other.rank < rank && !/\.mjs$/i.test(other.name)),
    )
    .map(({ name }) => name);
}

/** `x` of x.comp, x.comp.glsl, x.spv and x.comp.spv. */
function stemOf(name: string): string {
  return basename(name).replace(/(\.comp)?\.(comp|glsl|hlsl|spv|spvasm)$/i, '');
}
