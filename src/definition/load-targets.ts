// From the paths of a command line to definitions: shaders, modules, suite files and folders of them. What the command
// line says about shaders holds for all of them.
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { GuestmarkError } from '../base/errors.ts';
import type { LoadShaderOptions } from '../shader/load-shader.ts';
import type { Origin, ReferenceDefinition, ShaderDefinition, Sourced } from './definition.ts';
import { type ExpectFile, loadDefinition } from './load-definition.ts';
import { type ModuleExport, shaderExports, statementsOf } from './load-modules.ts';
import type { PlacedStatement } from './placed-statement.ts';
import { requireSuiteReach } from './reach.ts';
import { readSuiteFile, type SuiteEntry, type SuiteFile } from './suite-file.ts';
import { expandTarget, type Target } from './targets.ts';
import type { Threshold } from './threshold.ts';

/** What the command line says about shaders. */
export interface TargetOptions {
  readonly options: LoadShaderOptions;
  readonly statements: readonly PlacedStatement[];
  readonly expectFile: ExpectFile | null;
  readonly reference: { readonly path: string; readonly tolerance: number } | null;
}

/** What the paths lead to. */
export interface LoadedTargets {
  readonly definitions: readonly ShaderDefinition[];
  /** Names of those that a path led to; the others come from modules that were only made known. */
  readonly selected: readonly string[];
  /** URLs of modules, which may export other benchmarks too; first those that paths led to. */
  readonly modules: readonly string[];
  /** How many of them paths led to. */
  readonly selectedModules: number;
  /** By the name of the benchmark. */
  readonly thresholds: Readonly<Record<string, readonly Threshold[]>>;
}

/** A shader to load, and the folder of the suite file that lists it. */
interface Entry extends SuiteEntry {
  readonly suiteFolder: string | null;
}

/** A definition, and the thresholds that its suite file gives. */
interface Loaded {
  readonly definition: ShaderDefinition;
  readonly thresholds: readonly Threshold[];
}

/**
 * Loads everything that the paths lead to.
 *
 * @param modules URLs of modules given otherwise.
 * @throws GuestmarkError (usage) for whatever is wrong with one of them.
 */
export async function loadTargets(
  paths: readonly string[],
  modules: readonly string[],
  options: TargetOptions,
): Promise<LoadedTargets> {
  const targets = paths.flatMap((path) => expandTarget(path));
  const suites = await Promise.all(
    targets.filter(({ kind }) => kind === 'suite file').map(({ path }) => readSuiteFile(path)),
  );
  const allowed = options.options.includeFolders ?? [];
  for (const suite of suites) requireSuiteReach(suite, allowed);
  const entries = [...targets.flatMap(shaderEntry), ...suites.flatMap(entriesOf)];
  const wanted = new Set([
    ...targets.flatMap(moduleUrl),
    ...suites.flatMap((suite) => suite.modules.map(urlOf)),
  ]);
  const reference = await loadReference(options);
  const loaded: Loaded[] = [];
  // One after the other: a machine with few CPUs is not filled with compilers.
  for (const entry of entries) loaded.push(await loadEntry(entry, options, reference));
  for (const one of await exportsOf(wanted)) loaded.push(await loadExport(one, options, reference));
  const selected = loaded.map(({ definition }) => definition.name.value);
  const known = new Set(modules.filter((url) => !wanted.has(url)));
  for (const one of await exportsOf(known)) loaded.push(await loadExport(one, options, reference));
  requireNames(loaded.map(({ definition }) => definition));
  return {
    definitions: loaded.map(({ definition }) => definition),
    selected,
    modules: [...wanted, ...known],
    selectedModules: wanted.size,
    thresholds: Object.fromEntries(
      loaded.map(({ definition, thresholds }) => [definition.name.value, thresholds]),
    ),
  };
}

async function exportsOf(urls: ReadonlySet<string>): Promise<readonly ModuleExport[]> {
  const exported = await Promise.all([...urls].map((url) => shaderExports(url)));
  return exported.flat();
}

function shaderEntry({ kind, path }: Target): readonly Entry[] {
  if (kind !== 'shader') return [];
  return [{ path, options: {}, statements: [], thresholds: [], suiteFolder: null }];
}

function entriesOf({ path, shaders }: SuiteFile): readonly Entry[] {
  return shaders.map((shader) => ({ ...shader, suiteFolder: dirname(path) }));
}

function moduleUrl({ kind, path }: Target): readonly string[] {
  return kind === 'module' ? [urlOf(path)] : [];
}

function urlOf(path: string): string {
  return pathToFileURL(resolve(path)).href;
}

type Reference = Sourced<ReferenceDefinition> | null;

async function loadEntry(entry: Entry, options: TargetOptions, reference: Reference): Promise<Loaded> {
  const definition = await loadDefinition({
    path: entry.path,
    options: mergedOptions(entry.options, options.options),
    statements: [...entry.statements, ...options.statements],
    module: null,
    isVerifiedElsewhere: false,
    expectFile: options.expectFile,
    reference,
    reach: reachOf(options, entry.suiteFolder),
  });
  return { definition, thresholds: entry.thresholds };
}

async function loadExport(one: ModuleExport, options: TargetOptions, reference: Reference): Promise<Loaded> {
  const { benchmark, module } = one;
  const base = module.url;
  const { shader, defines = {}, includeFolders = [], verify } = benchmark;
  const local = {
    defines,
    includeFolders: includeFolders.map((path) => besideModule(path, base)),
  };
  const definition = await loadDefinition({
    path: besideModule(shader, base),
    options: mergedOptions(local, options.options),
    statements: [...statementsOf(one), ...options.statements],
    module,
    isVerifiedElsewhere: verify !== undefined,
    expectFile: options.expectFile,
    reference,
    reach: reachOf(options, dirname(fileURLToPath(base))),
  });
  return { definition, thresholds: [] };
}

/** Besides the own folder of the shader. */
function reachOf({ options }: Pick<TargetOptions, 'options'>, folder: string | null): readonly string[] {
  return [...(folder === null ? [] : [folder]), ...(options.includeFolders ?? [])];
}

/** Not as a part of a URL, in which # and % would mean something else. */
function besideModule(path: string | URL, moduleUrl: string): string {
  return path instanceof URL ? fileURLToPath(path) : resolve(dirname(fileURLToPath(moduleUrl)), path);
}

/** The command line's symbols win; its folders are searched first. */
function mergedOptions(own: Partial<LoadShaderOptions>, command: LoadShaderOptions): LoadShaderOptions {
  return {
    ...command,
    ...own,
    defines: { ...own.defines, ...command.defines },
    includeFolders: [...(command.includeFolders ?? []), ...(own.includeFolders ?? [])],
  };
}

async function loadReference({ reference, options, statements }: TargetOptions): Promise<Reference> {
  if (reference === null) return null;
  const from: Origin = { kind: 'command line', place: '--reference' };
  const definition = await loadDefinition({
    path: reference.path,
    options,
    statements: statements.filter(({ statement }) => statement.key === 'axis'),
    module: null,
    isVerifiedElsewhere: false,
    expectFile: null,
    reference: null,
    reach: reachOf({ options }, null),
  });
  return { value: { definition, tolerance: reference.tolerance }, from };
}

function requireNames(definitions: readonly ShaderDefinition[]): void {
  for (const [index, { name, path }] of definitions.entries()) {
    const twin = definitions.findIndex((other) => other.name.value === name.value);
    if (twin === index) continue;
    throw new GuestmarkError(
      'usage',
      `Cannot run ${definitions[twin]?.path} beside ${path}: both benchmarks are named "${name.value}"`,
      { hint: 'name one of them by "#pragma guestmark name other"' },
    );
  }
}
