// A verification that cannot fail is none: every shipped kernel is changed in at least two ways that make it wrong, and
// its benchmark must notice each of them.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { flatKernel, kernelSources } from '../../src/shader/build-kernels.ts';
import { compileFlat } from '../../src/shader/compile.ts';
import { openDevice } from '../../src/vulkan/open-device.ts';
import { glslang } from '../shader/glslang.ts';
import type { Mutant } from './mutant.ts';
import { casesOf, kernelsOf, verifyOn, withKernel } from './on-device.ts';

const SHADERS = fileURLToPath(new URL('../../shaders', import.meta.url));
const FOLDER = new URL('./mutants/', import.meta.url);
const SOURCES = new Map(kernelSources(SHADERS).map((source) => [source.name, source]));
/** Of a source with variants one variant stands for all. */
const FEWEST = 2;

const MUTANTS: readonly Mutant[] = (
  await Promise.all(
    readdirSync(FOLDER).map(async (file) => (await import(new URL(file, FOLDER).href)).default as Mutant[]),
  )
).flat();

const opened = openDevice({ match: 'llvmpipe' });
afterAll(() => opened[Symbol.dispose]());

async function compiled({ kernel, replace: [from, to] }: Mutant): Promise<Uint8Array> {
  const source = SOURCES.get(kernel);
  if (source === undefined) throw new Error(`no kernel is named ${kernel}`);
  const shader = flatKernel(source.file);
  expect(shader.text.split(from).length - 1, `times that "${from}" stands in ${kernel}`).toBe(1);
  const changed = { ...shader, text: shader.text.replace(from, () => to) };
  return compileFlat({ file: source.file, language: 'glsl', shader: changed }, { defines: source.macros });
}

describe.skipIf(glslang === undefined)('verification', () => {
  it.each(MUTANTS)('of $caught notices $replace in $kernel', async (mutant) => {
    const [one, ...others] = casesOf(mutant.caught);
    if (one === undefined || others.length > 0) throw new Error(`${mutant.caught} selects not one case`);
    expect(kernelsOf(one)).toContain(mutant.kernel);
    const changed = withKernel(one, mutant.kernel, await compiled(mutant));
    // A mistake shows at the first look, or it is not looked for.
    expect(verifyOn(opened.device, one).status).toBe('ok');
    expect(verifyOn(opened.device, changed).status).toBe('wrong');
  });

  it('has at least two such changes for every kernel', () => {
    const counts = new Map([...SOURCES.values()].map(({ file }) => [file, 0]));
    for (const { kernel } of MUTANTS) {
      const file = SOURCES.get(kernel)?.file ?? kernel;
      counts.set(file, (counts.get(file) ?? 0) + 1);
    }
    const few = [...counts]
      .filter(([, count]) => count < FEWEST)
      .map(([file]) => file.slice(SHADERS.length + 1));
    expect(few).toEqual([]);
  });
});
