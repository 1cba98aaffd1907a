// Finds the built-in benchmarks: every module in bench/ whose default export is a benchmark or a list
// of them. Adding a file adds a benchmark; there is no registry.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GuestmarkError } from '../base/errors.ts';
import { type Benchmark, defineBenchmark } from './benchmark.ts';

/** Compiled, bench/ lies in dist/ beside suite/; uncompiled (in tests), in the root beside src/. */
const FOLDER = new URL(import.meta.url.endsWith('.ts') ? '../../bench/' : '../bench/', import.meta.url);

/**
 * Loads all built-in benchmarks, ordered by file name, and those of further modules.
 *
 * @param modules File URLs.
 * @throws GuestmarkError (usage) for a module without benchmarks or a name that is taken.
 */
export async function loadBenchmarks(modules: readonly string[] = []): Promise<readonly Benchmark[]> {
  const files = readdirSync(fileURLToPath(FOLDER))
    .filter((file) => /(?<!\.d)\.[jt]s$/.test(file))
    .sort();
  const urls = [...files.map((file) => new URL(file, FOLDER).href), ...modules];
  const loaded = await Promise.all(urls.map((url) => loadModule(url)));
  const benchmarks = loaded.flat();
  const names = benchmarks.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new GuestmarkError('usage', `Cannot load benchmarks: two are named "${twice}"`);
  return benchmarks;
}

async function loadModule(url: string): Promise<readonly Benchmark[]> {
  const module = await importModule(url);
  if (module.default === undefined) {
    throw new GuestmarkError('usage', `Cannot load benchmarks from ${url}: it has no default export`, {
      hint: 'export default defineBenchmark({ … })',
    });
  }
  const exported: readonly unknown[] = Array.isArray(module.default) ? module.default : [module.default];
  return exported.map((value) => asBenchmark(value, url));
}

const FUNCTIONS = ['work', 'verify'] as const;

/** Benchmarks are checked by `defineBenchmark`; what was not made by it is checked here. */
function asBenchmark(value: unknown, url: string): Benchmark {
  const parts = (typeof value === 'object' && value !== null ? value : {}) as Partial<Benchmark>;
  const missing = [
    ...(typeof parts.name === 'string' ? [] : ['name']),
    ...(['axes', 'suites', 'buffers'] as const).filter((part) => typeof parts[part] !== 'object'),
    ...FUNCTIONS.filter((part) => typeof parts[part] !== 'function'),
  ];
  if (missing.length === 0) return defineBenchmark(parts as Benchmark);
  throw new GuestmarkError(
    'usage',
    `Cannot load benchmarks from ${url}: an export is no benchmark (${missing.join(', ')} is missing)`,
    { hint: 'export default defineBenchmark({ … })' },
  );
}

type BenchmarkModule = { readonly default?: unknown };

async function importModule(url: string): Promise<BenchmarkModule> {
  try {
    return (await import(url)) as BenchmarkModule;
  } catch (error) {
    if (error instanceof GuestmarkError) throw error;
    throw new GuestmarkError('usage', `Cannot load benchmarks from ${url}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
