import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeCompiler, findWasmCompiler } from '../../src/shader/find-compiler.ts';
import { loadShader } from '../../src/shader/load-shader.ts';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { loadShippedKernel } from '../../src/shader/shipped.ts';
import { glslang } from './glslang.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const hasTools = ['spirv-as', 'spirv-val'].every(
  (name) => spawnSync(name, ['--version']).error === undefined,
);
if (!hasTools)
  console.warn('Tests of SPIR-V assembly and validation are skipped: no SPIRV-Tools are in PATH');
const wasm = findWasmCompiler();

const GLSL = '#version 450\r\n// A comment.\r\nlayout(local_size_x = 1) in;\r\nvoid main() {}\r\n';
const NOTHING = { environment: { PATH: join(folder, 'missing') } };
const COPY = file('copy.spv', loadShippedKernel('copy-w4'));

describe.skipIf(glslang === undefined)('loadShader() of GLSL', () => {
  it('says where the module comes from', async () => {
    const path = file('plain.comp', GLSL);
    const loaded = await loadShader(path, { targetEnvironment: 'vulkan1.2' });
    expect(loaded).toMatchObject({
      path,
      language: 'glsl',
      text: GLSL.replaceAll('\r', ''),
      targetEnvironment: 'vulkan1.2',
      compiler: glslang && describeCompiler(glslang),
      cached: false,
    });
    expect(reflectKernel(loaded.spirv).spirvVersion).toBe('1.5');
  });

  it('keeps a module by all that it depends on, and not a failure', async () => {
    const cacheFolder = join(folder, 'cache');
    const path = file('kept.comp', GLSL);
    const load = (options = {}) => loadShader(path, { cacheFolder, ...options });
    const first = await load();
    expect(await load()).toEqual({ ...first, cached: true });
    const others = [{ targetEnvironment: 'vulkan1.0' }, { defines: { A: '1' } }, { defines: { A: '2' } }];
    for (const options of others) expect(await load(options)).toMatchObject({ cached: false });
    file('kept.comp', `${GLSL}float x = y;`);
    await expect(load()).rejects.toThrow("'y' : undeclared identifier");
    expect(readdirSync(cacheFolder)).toHaveLength(4);
  });

  it('compiles again where what was kept is damaged, and mends it', async () => {
    const cacheFolder = join(folder, 'damaged');
    const path = file('damaged.comp', GLSL);
    const first = await loadShader(path, { cacheFolder });
    const [kept = ''] = readdirSync(cacheFolder).map((name) => join(cacheFolder, name));
    writeFileSync(kept, readFileSync(kept).subarray(0, -4));
    expect(await loadShader(path, { cacheFolder })).toEqual(first);
    expect(await loadShader(path, { cacheFolder })).toEqual({ ...first, cached: true });
    expect(await loadShader(path, { cacheFolder: path })).toEqual(first);
  });
});

const HLSL = `
RWStructuredBuffer<float> y : register(u0);
RWStructuredBuffer<float> z : register(u1);
StructuredBuffer<float> x : register(t0);
cbuffer P : register(b0) { uint n; };
[numthreads(SIZE, 1, 1)]
void main(uint3 id : SV_DispatchThreadID) { if (id.x < n) { y[id.x] = x[id.x]; z[id.x] = 1; } }
`;

describe.skipIf(glslang === undefined)('loadShader() of HLSL', () => {
  const bindingsOf = async (path: string, options = {}) =>
    Object.fromEntries(
      reflectKernel((await loadShader(path, options)).spirv).bindings.map(({ name, binding }) => [
        name,
        binding,
      ]),
    );

  it('gives the registers bindings that do not overlap', async () => {
    const path = file('registers.hlsl', HLSL);
    const bindings = await bindingsOf(path, { defines: { SIZE: '64' } });
    expect(bindings).toMatchObject({ y: 0, z: 1, x: 64 });
    expect(Object.values(bindings).sort()).toEqual([0, 1, 192, 64]);
  });

  it('leaves the bindings that the shader names, and takes another entry point', async () => {
    const path = file(
      'named.comp.hlsl',
      '[[vk::binding(3)]] RWStructuredBuffer<float> y;\n[[vk::binding(5)]] StructuredBuffer<float> x;\n' +
        '[numthreads(1, 1, 1)] void first(uint3 id : SV_DispatchThreadID) { y[id.x] = x[id.x]; }\n',
    );
    expect(await bindingsOf(path, { entryPoint: 'first' })).toEqual({ y: 3, x: 5 });
    await expect(loadShader(path)).rejects.toMatchObject({
      code: 'usage',
      message: `Cannot compile shader ${path}: it has no function main`,
    });
    await expect(loadShader(path, { entryPoint: '-o /x' })).rejects.toThrow(
      '"-o /x" is no name of a function',
    );
  });

  it('shows the line of an error', async () => {
    const path = file('wrong.hlsl', '[numthreads(1,1,1)]\nvoid main() {\n  float a = q;\n}\n');
    await expect(loadShader(path)).rejects.toThrow(`${path}:3: 'q' : unknown variable\n  3 |   float a = q;`);
  });
});

const ASSEMBLY = `; Nothing but an entry point.
OpCapability Shader
OpMemoryModel Logical GLSL450
OpEntryPoint GLCompute %main "main"
OpExecutionMode %main LocalSize 1 1 1
%void = OpTypeVoid
%f = OpTypeFunction %void
%main = OpFunction %void None %f
%l = OpLabel
OpReturn
OpFunctionEnd
`;

describe.skipIf(!hasTools)('loadShader() of SPIR-V', () => {
  it('reads a module as it is, and names the validator', async () => {
    const loaded = await loadShader(COPY);
    expect(loaded.spirv).toEqual(loadShippedKernel('copy-w4'));
    expect(loaded).toMatchObject({ language: 'spirv', text: '', targetEnvironment: null, compiler: null });
    expect(loaded.sourceSha256).toBe(loaded.spirvSha256);
    expect(loaded.validator).toEqual({ name: expect.stringMatching(/^spirv-val \d/), reason: null });
  });

  it('assembles', async () => {
    const loaded = await loadShader(file('small.spvasm', ASSEMBLY));
    expect(reflectKernel(loaded.spirv)).toMatchObject({ entryPoint: 'main', spirvVersion: '1.3' });
    expect(loaded.compiler).toMatch(/^spirv-as \d.* \(\/.*spirv-as\)$/);
  });

  it('shows the line of an error in assembly', async () => {
    const path = file('wrong.spvasm', ASSEMBLY.replace('Logical', 'Logica'));
    await expect(loadShader(path)).rejects.toMatchObject({
      code: 'usage',
      message: `Cannot assemble shader ${path}: ${path}:3: Invalid addressing model 'Logica'\n  3 | OpMemoryModel Logica GLSL450`,
    });
  });

  it('says what is missing to assemble', async () => {
    await expect(loadShader(file('a.spvasm', ASSEMBLY), NOTHING)).rejects.toMatchObject({
      code: 'environment',
      message: `Cannot assemble shader ${join(folder, 'a.spvasm')}: no spirv-as is in PATH`,
      hint: expect.stringContaining('GUESTMARK_SPIRV_AS'),
    });
  });

  it('refuses what the validator refuses, with its first message', async () => {
    const path = file('invalid.spvasm', ASSEMBLY.replace('OpReturn', 'OpNop'));
    await expect(loadShader(path)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(`^Cannot use shader ${path}: spirv-val refuses it: .`),
    });
    const cut = file('cut.spv', loadShippedKernel('copy-w4').subarray(0, 400));
    await expect(loadShader(cut)).rejects.toThrow(`Cannot use shader ${cut}: spirv-val refuses it: line`);
  });

  it('keeps a module to the rules of its own version', async () => {
    const newer = file('newer.spvasm', `; Version: 1.6\n${ASSEMBLY}`);
    const { spirv } = await loadShader(newer);
    expect(new DataView(spirv.buffer).getUint32(4, true)).toBe(0x00010600);
    expect(await loadShader(file('newer.spv', spirv))).toMatchObject({
      language: 'spirv',
      targetEnvironment: null,
    });
  });
});

describe('loadShader()', () => {
  it('says why a module was not validated', async () => {
    const { validator } = await loadShader(COPY, NOTHING);
    expect(validator).toEqual({ name: null, reason: 'no spirv-val is in PATH' });
    const environment = { ...NOTHING.environment, GUESTMARK_SPIRV_VAL: join(folder, 'no-such-tool') };
    const reason = `${join(folder, 'no-such-tool')} cannot be run`;
    expect((await loadShader(COPY, { environment })).validator).toEqual({ name: null, reason });
  });

  it.each([
    ['text.spv', 'not a module!', 'the file does not start as a SPIR-V module'],
    ['odd.spv', '\u0003\u0002#\u0007\u0000', 'its length of 5 bytes is not a multiple of 4'],
  ])('refuses %s in the same words with a validator and without', async (name, content, state) => {
    const path = file(name, content.padEnd(name === 'odd.spv' ? 5 : 16));
    for (const options of [{}, NOTHING]) {
      await expect(loadShader(path, options)).rejects.toMatchObject({
        code: 'usage',
        message: `Cannot use shader ${path}: ${state}`,
      });
    }
  });

  it.skipIf(wasm === undefined)('compiles with the WASM build where there is nothing else', async () => {
    const path = file('wasm.comp', `${GLSL.replace('= 1', '= SIZE')}#include "wasm.glsl"\r\n`);
    file('wasm.glsl', 'const int A = 1;\n');
    const loaded = await loadShader(path, { ...NOTHING, defines: { SIZE: '8' } });
    expect(loaded.compiler).toBe('@webgpu/glslang 0.0.15 (WASM)');
    expect(reflectKernel(loaded.spirv).localSize[0].value).toBe(8);
    file('wasm.glsl', '\nint A = x;\n');
    await expect(loadShader(path, { ...NOTHING, defines: { SIZE: '8' } })).rejects.toThrow(
      `${join(folder, 'wasm.glsl')}:2: 'x' : undeclared identifier\n  2 | int A = x;`,
    );
  });
});
