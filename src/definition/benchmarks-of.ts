// Definitions as benchmarks, with the functions of their modules: what the planning process and the measuring ones do alike.
import type { Benchmark } from '../suite/benchmark.ts';
import { benchmarkOf } from './benchmark-of.ts';
import type { ShaderDefinition } from './definition.ts';
import { functionsOf } from './load-modules.ts';

/** @throws GuestmarkError (usage) for a module that cannot be loaded. */
export function benchmarksOf(definitions: readonly ShaderDefinition[]): Promise<readonly Benchmark[]> {
  return Promise.all(
    definitions.map(async (definition) => benchmarkOf(definition, await functionsOf(definition))),
  );
}

/** All benchmarks; a definition takes the place of one of the same name. */
export function withDefinitions(
  benchmarks: readonly Benchmark[],
  defined: readonly Benchmark[],
): readonly Benchmark[] {
  const names = new Set(defined.map(({ name }) => name));
  return [...benchmarks.filter(({ name }) => !names.has(name)), ...defined];
}
