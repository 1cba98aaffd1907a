import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeCompiler, findCompiler, findWasmCompiler } from '../../src/shader/find-compiler.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function program(subfolder: string, name: string, output: string): string {
  mkdirSync(join(folder, subfolder), { recursive: true });
  const path = join(folder, subfolder, name);
  writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' '${output}'\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('findCompiler()', () => {
  const old = program('a', 'glslangValidator', 'Glslang Version: 11:12.0.0');
  const recent = program('b', 'glslang', 'Glslang Version: 11:15.1.0');
  const shaderc = program('c', 'glslc', 'shaderc v2023.2 v2023.2\nspirv-tools v2023.2');
  const other = program('d', 'something', 'SPIRV-Tools v2023.1');
  const wasm = findWasmCompiler();
  if (wasm === undefined) console.warn('Tests of the WASM compiler are skipped: it is not installed');
  const searchPath = [join(folder, 'missing'), join(folder, 'a'), join(folder, 'b')].join(delimiter);

  it('prefers glslang to glslangValidator wherever it lies in PATH', async () => {
    expect(await findCompiler({ PATH: searchPath })).toEqual({
      kind: 'glslang',
      path: recent,
      version: '11:15.1.0',
    });
  });

  it('takes glslangValidator where there is no glslang', async () => {
    expect(await findCompiler({ PATH: join(folder, 'a') })).toMatchObject({
      path: old,
      version: '11:12.0.0',
    });
  });

  it('prefers GUESTMARK_GLSLANG to PATH', async () => {
    expect(await findCompiler({ PATH: searchPath, GUESTMARK_GLSLANG: old })).toMatchObject({ path: old });
  });

  it('takes glslc after both, and knows it by what it says of itself', async () => {
    const found = await findCompiler({ PATH: join(folder, 'c') });
    expect(found).toEqual({ kind: 'glslc', path: shaderc, version: 'v2023.2' });
    expect(describeCompiler(found)).toBe(`glslc v2023.2 (${shaderc})`);
    const searched = ['c', 'a'].map((name) => join(folder, name)).join(delimiter);
    expect(await findCompiler({ PATH: searched })).toMatchObject({ path: old });
  });

  it.skipIf(wasm === undefined)('falls back to the WASM build', async () => {
    const found = await findCompiler({ PATH: join(folder, 'missing') });
    expect(describeCompiler(found)).toBe('@webgpu/glslang 0.0.15 (WASM)');
  });

  it.skipIf(wasm !== undefined)('says what helps where there is none', async () => {
    await expect(findCompiler({ PATH: join(folder, 'missing') })).rejects.toMatchObject({
      code: 'environment',
      message: 'Cannot compile shader: no shader compiler is in PATH',
      hint: expect.stringContaining('GUESTMARK_GLSLANG'),
    });
  });

  it.each([
    ['does not exist', join(folder, 'missing'), 'it cannot be run'],
    ['is another program', other, 'it states no version of glslang or shaderc'],
  ])('refuses a GUESTMARK_GLSLANG that %s', async (_, path, state) => {
    await expect(findCompiler({ GUESTMARK_GLSLANG: path })).rejects.toMatchObject({
      code: 'environment',
      message: `Cannot use shader compiler ${path}: ${state}`,
    });
  });
});
