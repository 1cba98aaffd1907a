import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { compileShader } from '../../src/shader/compile.ts';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { glslang } from './glslang.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function program(name: string, script: string) {
  const path = file(name, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { path, version: '0' };
}

const START = '#version 450\nlayout(local_size_x = 1) in;\n';
const EMPTY = file('empty.comp', `${START}void main() {}\n`);

describe.skipIf(glslang === undefined)('compileShader()', () => {
  it('compiles for the target environment asked for', async () => {
    expect(reflectKernel(await compileShader(EMPTY)).spirvVersion).toBe('1.3');
    const spirv = await compileShader(EMPTY, { targetEnvironment: 'vulkan1.3' });
    expect(reflectKernel(spirv).spirvVersion).toBe('1.6');
  });

  it('defines symbols, with spaces in their values too', async () => {
    const path = file(
      'defines.comp',
      `#version 450\nlayout(local_size_x = SIZE) in;\n#ifdef FLAG\nvoid main() {}\n#endif\n`,
    );
    const spirv = await compileShader(path, { defines: { SIZE: '2 * 8', FLAG: '' } });
    expect(reflectKernel(spirv).localSize[0].value).toBe(16);
  });

  it('finds included files beside the shader and in the include folders', async () => {
    mkdirSync(join(folder, 'lib'));
    file('lib/far.glsl', 'const uint FAR = 4;\n');
    file('near.glsl', 'const uint NEAR = 8;\n');
    const includes =
      '#extension GL_GOOGLE_include_directive : require\n#include "near.glsl"\n#include "far.glsl"\n';
    const path = file(
      'includes.comp',
      `#version 450\n${includes}layout(local_size_x = NEAR * FAR) in;\nvoid main() {}\n`,
    );
    const spirv = await compileShader(path, { includeFolders: [join(folder, 'lib')] });
    expect(reflectKernel(spirv).localSize[0].value).toBe(32);
  });

  it('takes a file whose name looks like an option', async () => {
    const path = file('-h.comp', `${START}void main() {}\n`);
    expect((await compileShader(path)).length).toBeGreaterThan(20);
  });

  it('shows the line of an error and carries the errors as data', async () => {
    const path = file('bad.comp', `${START}void main() {\n  float y = x;\n}\n`);
    await expect(compileShader(path)).rejects.toMatchObject({
      code: 'usage',
      message: `Cannot compile shader ${path}: ${path}:4: 'x' : undeclared identifier\n  4 |   float y = x;`,
      cause: [{ file: path, line: 4, message: "'x' : undeclared identifier" }],
    });
  });

  it('leaves no temporary folder behind, whether it succeeds or not', async () => {
    const temporary = mkdtempSync(join(folder, 'tmp-'));
    vi.stubEnv('TMPDIR', temporary);
    try {
      await compileShader(EMPTY);
      await expect(compileShader(file('worse.comp', 'nonsense'))).rejects.toThrow('Cannot compile shader');
      expect(readdirSync(temporary)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe('compileShader() without a working compiler', () => {
  it('refuses a file that is not there, and a symbol that is no name', async () => {
    const path = join(folder, 'missing.comp');
    await expect(compileShader(path)).rejects.toMatchObject({
      code: 'usage',
      message: `Cannot compile shader ${path}: it cannot be read`,
    });
    await expect(compileShader(EMPTY, { defines: { 'A B': '1' } })).rejects.toThrow('Cannot define "A B"');
  });

  it('ends a compiler that does not end', async () => {
    const compiler = program('endless', 'exec sleep 60');
    await expect(compileShader(EMPTY, { compiler, limitMs: 200 })).rejects.toMatchObject({
      code: 'timeout',
      message: `Cannot compile shader ${EMPTY}: ${compiler.path} did not end within 200 ms`,
    });
  });

  it.each([
    ['dies', 'kill -SEGV $$', 'environment', 'died of SIGSEGV'],
    ['writes nothing and says it is well', 'exit 0', 'usage', 'the compiler gave no reason'],
    ['complains of its own call', 'echo "cannot do that" >&2; exit 1', 'usage', 'cannot do that'],
  ])('reports a compiler that %s', async (name, script, code, state) => {
    const compiler = program(name.replaceAll(' ', '-'), script);
    await expect(compileShader(EMPTY, { compiler })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(state),
    });
  });

  it('reports a compiler that cannot be run', async () => {
    const compiler = { path: join(folder, 'missing'), version: '0' };
    await expect(compileShader(EMPTY, { compiler })).rejects.toMatchObject({ code: 'environment' });
  });
});
