import { describe, expect, it } from 'vitest';
import { compileWithWasm } from '../../src/shader/compile-with-wasm.ts';
import type { CompilerOrder } from '../../src/shader/compiler-order.ts';
import { findWasmCompiler } from '../../src/shader/find-compiler.ts';
import { spirvVersion, spirvWords } from '../../src/shader/spirv-words.ts';

const wasm = findWasmCompiler();
if (wasm === undefined) console.warn('Tests of the WASM compiler are skipped: it is not installed');

const START = '#version 450\nlayout(local_size_x = 1) in;\n';
const order = (text: string): CompilerOrder => ({
  file: 'a.comp',
  language: 'glsl',
  text,
  targetEnvironment: 'vulkan1.1',
  entryPoint: 'main',
  limitMs: 20_000,
});

// The thread runs the built file, as every thread of guestmark does.
describe.skipIf(wasm === undefined)('compileWithWasm()', () => {
  it('compiles, for the version of the target, and leaves the process as it was', async () => {
    const handlers = process.listenerCount('uncaughtException');
    const { spirv = new Uint8Array() } = await compileWithWasm(order(`${START}void main() {}\n`));
    expect(spirvVersion(spirvWords(spirv))).toBe('1.3');
    expect(process.listenerCount('uncaughtException')).toBe(handlers);
  });

  it('gives the messages of a refusal', async () => {
    const { spirv, output } = await compileWithWasm(order(`${START}void main() { x; }\n`));
    expect(spirv).toBeUndefined();
    expect(output).toContain("ERROR: 0:3: 'x' : undeclared identifier");
  });

  it('ends one that does not end', async () => {
    const doubled = Array.from({ length: 40 }, (_, i) => `#define M${i + 1} M${i} M${i}\n`).join('');
    const text = `${START}#define M0 +1\n${doubled}void main() { int x = 0 M40; }\n`;
    await expect(compileWithWasm({ ...order(text), limitMs: 1000 })).rejects.toMatchObject({
      code: 'timeout',
      message: 'Cannot compile shader a.comp: @webgpu/glslang did not end within 1000 ms',
    });
  });
});

describe('compileWithWasm() of HLSL', () => {
  it('says that it cannot', async () => {
    await expect(compileWithWasm({ ...order(''), language: 'hlsl' })).rejects.toMatchObject({
      code: 'environment',
      message: 'Cannot compile shader a.comp: @webgpu/glslang knows no HLSL',
    });
  });
});
