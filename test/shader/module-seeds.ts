// Real modules for fuzzing to start from: those that ship, the fixtures, and, where the tools for it are installed,
// every shader of test/fixtures/custom as it compiles here.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GuestmarkError } from '../../src/base/errors.ts';
import { loadShader } from '../../src/shader/load-shader.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CUSTOM = `${ROOT}/test/fixtures/custom`;

/** The modules, in an order that no machine changes: compiled ones come last. */
export async function moduleSeeds(): Promise<readonly Uint8Array[]> {
  const built = [`${ROOT}/shaders/spirv`, `${ROOT}/test/fixtures`].flatMap(modulesIn);
  const sources = readdirSync(CUSTOM).sort().filter(isSource);
  const compiled = await Promise.all(sources.map((name) => compiledModule(`${CUSTOM}/${name}`)));
  return [...built, ...compiled.flat()];
}

function modulesIn(folder: string): readonly Uint8Array[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names.filter((name) => name.endsWith('.spv')).map((name) => readFileSync(`${folder}/${name}`));
}

function isSource(name: string): boolean {
  return /\.(comp|hlsl|spvasm)$/.test(name);
}

/** None where a tool is missing, or too old for the shader. */
async function compiledModule(file: string): Promise<readonly Uint8Array[]> {
  const includeFolders = [`${CUSTOM}/include`, `${CUSTOM}/lib`];
  try {
    return [(await loadShader(file, { includeFolders })).spirv];
  } catch (error) {
    if (error instanceof GuestmarkError) return [];
    throw error;
  }
}
