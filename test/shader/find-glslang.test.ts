import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findGlslang } from '../../src/shader/find-glslang.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function program(subfolder: string, name: string, output: string): string {
  mkdirSync(join(folder, subfolder), { recursive: true });
  const path = join(folder, subfolder, name);
  writeFileSync(path, `#!/bin/sh\necho '${output}'\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('findGlslang()', () => {
  const old = program('a', 'glslangValidator', 'Glslang Version: 11:12.0.0');
  const recent = program('b', 'glslang', 'Glslang Version: 11:15.1.0');
  const other = program('c', 'something', 'shaderc v2023.2');
  const searchPath = [join(folder, 'missing'), join(folder, 'a'), join(folder, 'b')].join(delimiter);

  it('prefers glslang to glslangValidator wherever it lies in PATH', async () => {
    expect(await findGlslang({ PATH: searchPath })).toEqual({ path: recent, version: '11:15.1.0' });
  });

  it('takes glslangValidator where there is no glslang', async () => {
    expect(await findGlslang({ PATH: join(folder, 'a') })).toEqual({ path: old, version: '11:12.0.0' });
  });

  it('prefers GUESTMARK_GLSLANG to PATH', async () => {
    expect(await findGlslang({ PATH: searchPath, GUESTMARK_GLSLANG: old })).toMatchObject({ path: old });
  });

  it('says what helps where there is none', async () => {
    await expect(findGlslang({ PATH: join(folder, 'c') })).rejects.toMatchObject({
      code: 'environment',
      message: 'Cannot compile shader: no GLSL compiler is in PATH',
      hint: expect.stringContaining('GUESTMARK_GLSLANG'),
    });
  });

  it.each([
    ['does not exist', join(folder, 'missing'), 'it cannot be run'],
    ['is another program', other, 'it does not state a glslang version'],
  ])('refuses a GUESTMARK_GLSLANG that %s', async (_, path, state) => {
    await expect(findGlslang({ GUESTMARK_GLSLANG: path })).rejects.toMatchObject({
      code: 'environment',
      message: `Cannot use GLSL compiler ${path}: ${state}`,
    });
  });
});
