// A verification that cannot fail is none: every shipped kernel is changed in at least two ways that make it wrong, and
// its benchmark must notice each of them.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { flatKernel, kernelSources, prebuiltSources } from '../../src/shader/build-kernels.ts';
import { compileFlat } from '../../src/shader/compile.ts';
import type { Case } from '../../src/suite/case-id.ts';
import { openDevice } from '../../src/vulkan/open-device.ts';
import { glslang } from '../shader/glslang.ts';
import type { Mutant } from './mutant.ts';
import { casesOf, kernelsOf, verifyOn, withKernel } from './on-device.ts';
import { verifyOperationOn } from './operation-on-device.ts';

const SHADERS = fileURLToPath(new URL('../../shaders', import.meta.url));
const FOLDER = new URL('./mutants/', import.meta.url);
const PREBUILT = prebuiltSources(SHADERS);
const SOURCES = new Map([...kernelSources(SHADERS), ...PREBUILT].map((source) => [source.name, source]));
/** The first glslang that compiles GL_KHR_cooperative_matrix; its version is such as `11:16.6.0`. */
const LEAST_GLSLANG = 13;
/** Of a source with variants one variant stands for all. */
const FEWEST = 2;

const MUTANTS: readonly Mutant[] = (
  await Promise.all(
    readdirSync(FOLDER).map(async (file) => (await import(new URL(file, FOLDER).href)).default as Mutant[]),
  )
).flat();

const opened = openDevice({ match: 'llvmpipe' });
afterAll(() => opened[Symbol.dispose]());

const isPrebuilt = ({ kernel }: Mutant): boolean => PREBUILT.some(({ name }) => name === kernel);
/** A newer lavapipe has matrix units; shaders/prebuilt/README.md says how to get both. */
const runsPrebuilt =
  opened.device.info.cooperativeMatrices.available &&
  Number(/:(\d+)/.exec(glslang?.version ?? '')?.[1] ?? 0) >= LEAST_GLSLANG;
if (!runsPrebuilt)
  console.warn('Changes of prebuilt kernels are skipped: they need a newer glslang and a newer lavapipe');

async function compiled({ kernel, replace: [from, to] }: Mutant): Promise<Uint8Array> {
  const source = SOURCES.get(kernel);
  if (source === undefined) throw new Error(`no kernel is named ${kernel}`);
  const shader = flatKernel(source.file);
  expect(shader.text.split(from).length - 1, `times that "${from}" stands in ${kernel}`).toBe(1);
  const changed = { ...shader, text: shader.text.replace(from, () => to) };
  return compileFlat({ file: source.file, language: 'glsl', shader: changed }, { defines: source.macros });
}

async function noticesInOperation(one: Case, kernel: string, spirv: Uint8Array): Promise<void> {
  const asked: string[] = [];
  expect(await verifyOperationOn(opened, one, { kernels: {}, asked })).toMatchObject({ status: 'ok' });
  expect(asked).toContain(kernel);
  const kernels = { [kernel]: spirv };
  expect(await verifyOperationOn(opened, one, { kernels, asked })).toMatchObject({ status: 'wrong' });
}

/** Cases that are right with the shipped kernels: most are named by several changes. */
const right = new Set<string>();

function expectRight(one: Case): void {
  if (!right.has(one.id)) expect(verifyOn(opened.device, one).status).toBe('ok');
  right.add(one.id);
}

describe.skipIf(glslang === undefined)('verification', () => {
  const notices = async (mutant: Mutant): Promise<void> => {
    const [one, ...others] = casesOf(mutant.caught);
    if (one === undefined || others.length > 0) throw new Error(`${mutant.caught} selects not one case`);
    const changed = await compiled(mutant);
    if (one.benchmark.operation !== undefined) return noticesInOperation(one, mutant.kernel, changed);
    expect(kernelsOf(one)).toContain(mutant.kernel);
    // A mistake shows at the first look, or it is not looked for.
    expectRight(one);
    expect(verifyOn(opened.device, withKernel(one, mutant.kernel, changed)).status).toBe('wrong');
  };
  const [prebuilt, others] = [MUTANTS.filter(isPrebuilt), MUTANTS.filter((one) => !isPrebuilt(one))];
  it.each(others)('of $caught notices $replace in $kernel', notices);
  it.skipIf(!runsPrebuilt).each(prebuilt)('of $caught notices $replace in $kernel', notices);

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
