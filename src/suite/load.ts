// Finds the built-in benchmarks: every module in a category's folder of bench/ whose default export is a benchmark or
// a list of them. Adding a file adds a benchmark; there is no registry.
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeError, GuestmarkError } from '../base/errors.ts';
import { problemOfOpenFiles } from '../base/loading-problem.ts';
import { type Benchmark, CATEGORIES, defineBenchmark, SUITE_NAMES } from './benchmark.ts';
import { benchmarkProblem } from './benchmark-problem.ts';

const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
/** Compiled, bench/ lies in dist/ beside suite/; uncompiled (in tests), in the root beside src/. */
const FOLDER = new URL(import.meta.url.endsWith('.ts') ? '../../bench/' : '../bench/', import.meta.url);

/** The built-in module of each benchmark that was loaded, by the name of the benchmark. */
const origins = new Map<string, string>();

/**
 * The built-in modules of these benchmarks, which another process of the same build has to load and no others: all of them take
 * longer than everything else that it does before it measures. A name of no built-in benchmark has none.
 *
 * @returns Their places below bench/, without an ending, for {@link loadBenchmarks}.
 */
export function builtInModules(names: readonly string[]): readonly string[] {
  return [...new Set(names.flatMap((name) => origins.get(name) ?? []))];
}

/**
 * Loads all built-in benchmarks, ordered by category and file name, and those of further modules.
 *
 * @param modules File URLs.
 * @param builtIn Places of the built-in modules to load; default all.
 * @throws GuestmarkError (usage) for a module without benchmarks or a name that is taken.
 */
export async function loadBenchmarks(
  modules: readonly string[] = [],
  builtIn: readonly string[] = CATEGORIES.flatMap(modulesOf),
): Promise<readonly Benchmark[]> {
  const urls = [...builtIn.map((place) => new URL(`${place}${ENDING}`, FOLDER).href), ...modules];
  const loaded = await Promise.all(urls.map((url) => loadModule(url)));
  for (const [index, place] of builtIn.entries())
    for (const { name } of loaded[index] ?? []) origins.set(name, place);
  const benchmarks = loaded.flat();
  const names = benchmarks.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new GuestmarkError('usage', `Cannot load benchmarks: two are named "${twice}"`);
  return benchmarks;
}

/** Places of the modules of a category. */
function modulesOf(category: string): readonly string[] {
  const folder = new URL(`${category}/`, FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(fileURLToPath(folder))
    .filter((file) => /(?<!\.d)\.[jt]s$/.test(file))
    .sort()
    .map((file) => `${category}/${file.replace(/\.[jt]s$/, '')}`);
}

async function loadModule(url: string): Promise<readonly Benchmark[]> {
  const exported = await importExports(url);
  // A benchmark of a shader is none yet: its shader must be loaded first.
  return exported.filter((value) => !isOfShader(value)).map((value) => asBenchmark(value, url));
}

function isOfShader(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'shader' in value;
}

/**
 * What a module exports by default, as a list.
 *
 * @throws GuestmarkError (usage) for a module that cannot be loaded or exports nothing.
 */
export async function importExports(url: string): Promise<readonly unknown[]> {
  const module = await importModule(url);
  if (module.default === undefined) {
    throw new GuestmarkError('usage', `Cannot load benchmarks from ${url}: it has no default export`, {
      hint: 'export default defineBenchmark({ … })',
    });
  }
  return Array.isArray(module.default) ? module.default : [module.default];
}

/** A benchmark may come from plain JavaScript that never called `defineBenchmark`: it is checked here too. */
function asBenchmark(value: unknown, url: string): Benchmark {
  const problem = benchmarkProblem(value, SUITE_NAMES);
  if (problem === null) return defineBenchmark(value as Benchmark);
  const { name } = Object(value) as { readonly name?: unknown };
  const which = typeof name === 'string' ? `"${name}"` : 'an export';
  throw new GuestmarkError(
    'usage',
    `Cannot load benchmarks from ${url}: ${which} is no benchmark (${problem})`,
    {
      hint: 'export default defineBenchmark({ … })',
    },
  );
}

type BenchmarkModule = { readonly default?: unknown };

async function importModule(url: string): Promise<BenchmarkModule> {
  try {
    return (await import(url)) as BenchmarkModule;
  } catch (error) {
    const limit = problemOfOpenFiles(error);
    if (limit !== undefined) throw limit;
    const state = `Cannot load benchmarks from ${url}: it failed with "${describeError(error)}"`;
    throw new GuestmarkError('usage', state, { cause: error, hint: 'give a JavaScript file, not a folder' });
  }
}
