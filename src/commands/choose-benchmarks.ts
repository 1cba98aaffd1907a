// What a command line selects, of built-in benchmarks and of shaders: shared by the verbs that plan cases, so that a case
// has one id everywhere.
import { existsSync } from 'node:fs';
import type { Available } from '../base/availability.ts';
import { unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { benchmarksOf, withDefinitions } from '../definition/benchmarks-of.ts';
import { type LoadedTargets, loadTargets, type TargetOptions } from '../definition/load-targets.ts';
import { isTarget } from '../definition/targets.ts';
import { cacheFolder } from '../setup/cache-folder.ts';
import type { Benchmark } from '../suite/benchmark.ts';
import { loadBenchmarks } from '../suite/load.ts';
import { parseSelector } from '../suite/selector.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';
import { type ShaderFlags, targetOptions } from './shader-options.ts';
import { targetDevice, targetEnvironmentFor } from './target-device.ts';

/** What the command line says. */
export interface Choice {
  /** Selectors and paths. */
  readonly words: readonly string[];
  readonly modules: readonly string[];
  readonly device: string | null;
  readonly binding: 'auto' | 'nvk' | 'koffi';
  readonly shaders: ShaderFlags;
}

/** What it leads to. */
export interface Chosen extends LoadedTargets {
  readonly benchmarks: readonly Benchmark[];
  readonly selectors: readonly string[];
  /** The device that shaders were compiled for; not asked for where there are none. */
  readonly device: Available<DeviceInfo>;
}

/** @throws GuestmarkError (usage) for whatever is wrong with a path, a shader or a module. */
export async function chooseBenchmarks(choice: Choice): Promise<Chosen> {
  const paths = choice.words.filter(isTarget);
  const words = choice.words.filter((word) => !isTarget(word));
  const asksDevice = paths.length > 0 || choice.modules.length > 0;
  const device = asksDevice
    ? await targetDevice(choice.binding, choice.device)
    : unavailable('there is no shader to compile');
  const targets = await loadTargets(paths, choice.modules, optionsFor(choice, device));
  const plain = await loadBenchmarks(targets.modules);
  const defined = await benchmarksOf(targets.definitions);
  const benchmarks = withDefinitions(plain, defined);
  for (const word of words) refusePath(word, benchmarks);
  return { ...targets, device, benchmarks, selectors: await selectorsOf(words, paths, targets) };
}

/** A folder of shaders is told from a name of a benchmark by its slash. */
function refusePath(word: string, benchmarks: readonly Benchmark[]): void {
  if (!existsSync(word) || benchmarks.some(({ name }) => name === word)) return;
  throw new GuestmarkError('usage', `Cannot select "${word}": no benchmark has such a name`, {
    hint: `for the file or folder of that name write ./${word}`,
  });
}

function optionsFor({ shaders }: Choice, device: Available<DeviceInfo>): TargetOptions {
  return targetOptions(shaders, {
    targetEnvironment: shaders.targetEnv ?? targetEnvironmentFor(device),
    cacheFolder: cacheFolder(process.env),
    environment: process.env,
  });
}

/** A path selects all that it leads to, unless a selector picks some of it. */
async function selectorsOf(
  words: readonly string[],
  paths: readonly string[],
  { selected, modules, selectedModules }: LoadedTargets,
): Promise<readonly string[]> {
  if (paths.length === 0) return words;
  const builtIn = await loadBenchmarks();
  const fromModules = (await loadBenchmarks(modules.slice(0, selectedModules))).slice(builtIn.length);
  const picked = words.map((word) => parseSelector(word));
  const names = [...selected, ...fromModules.map(({ name }) => name)];
  return [...words, ...names.filter((name) => !picked.some(({ matchesName }) => matchesName(name)))];
}
