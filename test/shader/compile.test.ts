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
  return { kind: 'glslang', path, version: '0' } as const;
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

  it('shows the place of an error in a file that is included by an included file', async () => {
    file('outer.glsl', '/* two\n lines */\n#include "inner.glsl"\nfloat after;\n');
    file('inner.glsl', 'const int A = \\\n  1;\n\nfloat wrong = B; // of B\n');
    const path = file('deep.comp', `${START}#include "outer.glsl"\nvoid main() {}\n`);
    const inner = join(folder, 'inner.glsl');
    await expect(compileShader(path)).rejects.toMatchObject({
      message: `Cannot compile shader ${path}: ${inner}:4: 'B' : undeclared identifier\n  4 | float wrong = B; // of B`,
    });
    const behind = file(
      'behind.comp',
      `${START}#include "outer.glsl"\n#line 77\nvoid main() { after = C; }\n`,
    );
    await expect(compileShader(behind, { defines: { A_NAME: '1', B: '2' } })).rejects.toMatchObject({
      cause: [{ file: behind, line: 5, message: "'C' : undeclared identifier" }],
    });
  });

  it('says why an include is refused, in a branch that is taken only', async () => {
    const text = (condition: number) =>
      `${START}#if ${condition}\n#include "../${'x'.repeat(8)}.glsl"\n#endif\nvoid main() {}\n`;
    await compileShader(file('not-taken.comp', text(0)));
    const path = file('taken.comp', text(1));
    await expect(compileShader(path)).rejects.toMatchObject({
      message: `Cannot compile shader ${path}: ${path}:4: Cannot include ../xxxxxxxx.glsl: no such file beside it or in the include folders\n  4 | #include "../xxxxxxxx.glsl"`,
    });
  });

  it('ends glslang itself where a shader keeps it busy', async () => {
    const doubled = Array.from({ length: 40 }, (_, i) => `#define M${i + 1} M${i} M${i}\n`).join('');
    const path = file('bomb.comp', `${START}#define M0 +1\n${doubled}void main() { int x = 0 M40; }\n`);
    await expect(compileShader(path, { limitMs: 300 })).rejects.toMatchObject({
      code: 'timeout',
      message: `Cannot compile shader ${path}: ${glslang?.path} did not end within 300 ms`,
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
      message: `Cannot read shader ${path}: no such file`,
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
    const compiler = { kind: 'glslang', path: join(folder, 'missing'), version: '0' } as const;
    await expect(compileShader(EMPTY, { compiler })).rejects.toMatchObject({ code: 'environment' });
  });
});

describe('compileShader() with a stand-in of glslc', () => {
  // No glslc is installed where this was written: what it is asked, and its format of messages, are from its manual.
  it('asks in its options, and reads its messages', async () => {
    const script = 'echo "$*" >&2; echo "shader.comp:3: error: \'x\' : undeclared identifier"; exit 1';
    const compiler = { ...program('glslc', script), kind: 'glslc' } as const;
    const path = file('for-glslc.comp', `${START}void main() { x; }\n`);
    await expect(compileShader(path, { compiler })).rejects.toMatchObject({
      message: `Cannot compile shader ${path}: ${path}:3: 'x' : undeclared identifier\n  3 | void main() { x; }`,
    });
    const mute = { ...program('glslc-2', 'echo "$*"; exit 1'), kind: 'glslc' } as const;
    await expect(compileShader(path, { compiler: mute })).rejects.toThrow(
      '-x glsl -fshader-stage=compute --target-env=vulkan1.1 -o out.spv shader.comp',
    );
  });
});
