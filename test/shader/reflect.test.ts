import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import { flatKernel } from '../../src/shader/build-kernels.ts';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { loadShippedKernel, shippedKernelNames } from '../../src/shader/shipped.ts';
import { assemble, type Line, MAIN, without } from './assemble.ts';
import { compileText, glslang } from './glslang.ts';

const COPY = fileURLToPath(new URL('../../shaders/memory/copy.comp', import.meta.url));

/** Names only: constants / push constants / bindings with element and access. */
function outline(spirv: Uint8Array): string {
  const { constants, pushConstants, bindings, localSize } = reflectKernel(spirv);
  return [
    localSize.map(({ value }) => value).join('x'),
    constants.map(({ id, name }) => `${id}=${name}`).join(' '),
    pushConstants.map(({ name, type }) => `${type} ${name}`).join(' '),
    bindings.map(({ name, element, access }) => `${name}:${element}:${access}`).join(' '),
  ].join(' | ');
}

describe('reflectKernel()', () => {
  it('reads the interface of every shipped kernel', () => {
    for (const name of shippedKernelNames())
      expect(reflectKernel(loadShippedKernel(name)).bindings.length, name).toBeGreaterThan(0);
  });

  it('reads names, types and access', () => {
    const names = [
      'copy-w4',
      'fma-f64-vec2',
      'histogram-shared',
      'increment',
      'read-w8',
      'roofline',
      'triad-w4',
    ];
    const outlines = names.map((name) => `${name} | ${outline(loadShippedKernel(name))}`);
    expect(outlines).toMatchInlineSnapshot(`
      [
        "copy-w4 | 256x1x1 | 0=WORKGROUP_SIZE 1=UNROLL 2=CONTIGUOUS 3=ONCE | uint n | x:vec4:read y:vec4:write",
        "fma-f64-vec2 | 256x1x1 | 0=WORKGROUP_SIZE 1=CHAINS 2=SHAPE | uint loops float a float b float c | result:double:write",
        "histogram-shared | 256x1x1 | 0=WORKGROUP_SIZE | uint n | keys:uint:read bins:uint:read-write",
        "increment | 1x1x1 |  |  | counter:uint:read-write",
        "read-w8 | 256x1x1 | 0=WORKGROUP_SIZE 1=UNROLL 2=CONTIGUOUS 3=ONCE | uint n | x:u64vec4:read checksums:uint:write",
        "roofline | 256x1x1 | 0=WORKGROUP_SIZE 1=FMAS | uint n uint turns float a float b | x:vec4:read y:vec4:write",
        "triad-w4 | 256x1x1 | 0=WORKGROUP_SIZE 1=UNROLL 2=CONTIGUOUS 3=ONCE | uint n float s | a:vec4:write b:vec4:read c:vec4:read",
      ]
    `);
  });

  it('gives a frozen result', () => {
    const kernel = reflectKernel(loadShippedKernel('copy-w4'));
    expect(Object.isFrozen(kernel)).toBe(true);
    expect(Object.isFrozen(kernel.bindings[0])).toBe(true);
  });

  it('names nothing in a stripped module, and keeps ids, sizes and access', () => {
    const OP_NAME = 5;
    const OP_MEMBER_NAME = 6;
    const stripped = without(loadShippedKernel('triad-w4'), [OP_NAME, OP_MEMBER_NAME]);
    expect(outline(stripped)).toBe(
      '256x1x1 | 0=null 1=null 2=null 3=null | uint member0 float member1 | binding0:vec4:write binding1:vec4:read binding2:vec4:read',
    );
  });

  it.skipIf(glslang === undefined)('reads the same from every target environment', async () => {
    const text = flatKernel(COPY).text.replace('#version 450', '');
    const defines = { VEC: 'vec4', LANES: 'vec4', WIDTH: '4' };
    const kernels = new Map<string, string>();
    for (const targetEnvironment of ['vulkan1.0', 'vulkan1.1', 'vulkan1.2', 'vulkan1.3'] as const) {
      const spirv = await compileText(text, { targetEnvironment, defines });
      kernels.set(reflectKernel(spirv).spirvVersion, outline(spirv));
    }
    expect([...kernels.keys()]).toEqual(['1.0', '1.3', '1.5', '1.6']);
    expect(new Set(kernels.values()).size).toBe(1);
  });

  it.skipIf(glslang === undefined)('names the capabilities of optional features', async () => {
    const spirv = await compileText(`
      #extension GL_KHR_shader_subgroup_arithmetic : require
      layout(local_size_x = 1) in;
      layout(binding = 0) buffer Y { double y[]; };
      void main() { y[0] = subgroupAdd(y[1]); }`);
    expect(reflectKernel(spirv).capabilities).toEqual([
      'Shader',
      'Float64',
      'GroupNonUniform',
      'GroupNonUniformArithmetic',
    ]);
  });

  describe('with several entry points', () => {
    const lines: Line[] = [
      [15, 5, 1, 'first'],
      [15, 5, 2, 'second'],
      [15, 4, 3, 'fragment'],
    ];
    const modes: Line[] = [
      [16, 1, 17, 8, 1, 1],
      [16, 2, 17, 16, 1, 1],
    ];
    const second: Line[] = [[54, 9, 2, 0, 9], [56]];
    const module = assemble([...lines, ...modes, ...MAIN, ...second]);

    it('wants one named, and lists the compute ones', () => {
      expect(() => reflectKernel(module)).toThrow(
        'Cannot reflect shader: the module has several compute entry points: first, second',
      );
      expect(() => reflectKernel(module, 'fragment')).toThrow('no compute entry point is named fragment');
    });

    it('hints how to name one, and lists them', () => {
      expect(() => reflectKernel(module)).toThrow(
        expect.objectContaining({ hint: 'choose one with --entry NAME, such as --entry first' }),
      );
    });

    it('reads the one named', () => {
      expect(reflectKernel(module, 'second')).toMatchObject({
        entryPoint: 'second',
        localSize: [{ value: 16 }, {}, {}],
      });
    });

    it('takes only the variables that the entry point lists, since SPIR-V 1.4', () => {
      const declared: Line[] = [
        [15, 5, 1, 'main', 30],
        [16, 1, 17, 1, 1, 1],
      ];
      const block: Line[] = [
        [71, 30, 33, 0],
        [71, 31, 33, 1],
        [72, 20, 0, 35, 0],
        [22, 10, 32],
        [30, 20, 10],
      ];
      const variables: Line[] = [[32, 21, 12, 20], [59, 21, 30, 12], [59, 21, 31, 12], ...MAIN];
      const text = [...declared, ...block, ...variables];
      expect(reflectKernel(assemble(text, 0x0001_0400)).bindings).toHaveLength(1);
      expect(reflectKernel(assemble(text, 0x0001_0300)).bindings).toHaveLength(2);
    });

    it('takes those that its code refers to, before SPIR-V 1.4', () => {
      const heads: Line[] = [
        [15, 5, 1, 'first'],
        [15, 5, 90, 'second'],
        [16, 1, 17, 1, 1, 1],
        [16, 90, 17, 1, 1, 1],
      ];
      const block: Line[] = [
        [71, 30, 33, 0],
        [71, 31, 33, 1],
        [72, 20, 0, 35, 0],
        [22, 10, 32],
        [30, 20, 10],
        [32, 21, 12, 20],
        [59, 21, 30, 12],
        [59, 21, 31, 12],
      ];
      const second: Line[] = [[54, 2, 90, 0, 3], [57, 2, 91, 92], [56]];
      const called: Line[] = [[54, 2, 92, 0, 3], [65, 22, 93, 31, 40], [57, 2, 94, 90], [56]];
      const module = assemble([...heads, ...block, ...MAIN, ...second, ...called]);
      expect(reflectKernel(module, 'first').bindings).toEqual([]);
      expect(reflectKernel(module, 'second').bindings.map(({ name }) => name)).toEqual(['binding1']);
    });
  });

  it('refuses an entry point without code, and one whose name cannot be shown', () => {
    const without = assemble([[15, 5, 9, 'main'], [16, 9, 17, 1, 1, 1], ...MAIN]);
    expect(() => reflectKernel(without)).toThrow('the function %9 is not in the module');
    const odd = assemble([[15, 5, 1, 'a\u001b[2J'], [16, 1, 17, 1, 1, 1], ...MAIN]);
    expect(() => reflectKernel(odd)).toThrow('the name of an entry point is not printable');
  });

  it('refuses a module without a compute entry point', () => {
    const vertex = assemble([[15, 0, 1, 'main'], ...MAIN]);
    expect(() => reflectKernel(vertex)).toThrow(
      'Cannot reflect shader: the module has no compute entry point',
    );
  });
});

describe('reflectKernel() with damaged modules', () => {
  /** The refusal, or `undefined` where the damage did not matter. Anything else fails the test. */
  function refusalOf(spirv: Uint8Array): string | undefined {
    try {
      expect(Object.isFrozen(reflectKernel(spirv))).toBe(true);
      return undefined;
    } catch (error) {
      if (!(error instanceof GuestmarkError)) throw error;
      expect(error.code).toBe('usage');
      expect(error.message).toMatch(/^Cannot reflect shader: ./);
      return error.message;
    }
  }

  it.each(['triad-w4', 'histogram-shared'])('refuses %s cut off at any byte', (name) => {
    const module = loadShippedKernel(name);
    const accepted = Array.from({ length: module.length }, (_, end) => end).filter(
      (end) => refusalOf(module.subarray(0, end)) === undefined,
    );
    expect(accepted).toEqual([]);
  });

  it('refuses types nested thousands deep without running out of stack or time', () => {
    const depth = 20_000;
    const structs = Array.from({ length: depth }, (_, i): Line => [30, 100 + i + 1, 100 + i, 100 + i]);
    const offsets = Array.from({ length: depth }, (_, i): Line => [72, 100 + i + 1, 1, 35, 1]);
    const start: Line[] = [[15, 5, 1, 'main'], [16, 1, 17, 1, 1, 1], ...offsets, [22, 100, 32]];
    const end: Line[] = [[32, 50, 9, 100 + depth], [59, 50, 51, 9], ...MAIN];
    expect(refusalOf(assemble([...start, ...structs, ...end]))).toContain('nested more than 32 deep');
  });
});
