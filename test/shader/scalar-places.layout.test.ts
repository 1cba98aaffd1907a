import { describe, expect, it } from 'vitest';
import type { ScalarPlace } from '../../src/shader/kernel-interface.ts';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { assembleKernel, type Line } from './assemble.ts';
import { compileText, glslang } from './glslang.ts';

const written = (scalars: readonly ScalarPlace[]) =>
  scalars.map(({ name, type, offset }) => `${name}:${type}@${offset}`).join(' ');

/** Header and elements of the only binding of compiled GLSL. */
async function compiled(block: string, targetEnvironment: 'vulkan1.0' | 'vulkan1.3', before = '') {
  const text = `
    #extension GL_EXT_shader_explicit_arithmetic_types : require
    #extension GL_EXT_shader_16bit_storage : require
    #extension GL_EXT_shader_8bit_storage : require
    #extension GL_EXT_buffer_reference : require
    layout(local_size_x = 1) in;
    ${before}
    layout(binding = 0, ${block} b;
    void main() { }`;
  const [binding] = reflectKernel(await compileText(text, { targetEnvironment })).bindings;
  return { header: written(binding?.headerScalars ?? []), element: written(binding?.elementScalars ?? []) };
}

describe.each(['vulkan1.0', 'vulkan1.3'] as const)('scalarPlaces() for %s', (target) => {
  it.skipIf(glslang === undefined)('tells std140 from std430', async () => {
    const members = 'float s; float v[2]; vec3 p; bool flag;';
    expect((await compiled(`std140) buffer B { ${members} }`, target)).header).toBe(
      's:float@0 v[0]:float@16 v[1]:float@32 p.x:float@48 p.y:float@52 p.z:float@56 flag:uint@60',
    );
    expect((await compiled(`std430) buffer B { ${members} }`, target)).header).toBe(
      's:float@0 v[0]:float@4 v[1]:float@8 p.x:float@16 p.y:float@20 p.z:float@24 flag:uint@28',
    );
  });

  it.skipIf(glslang === undefined)('goes through structs in arrays in structs', async () => {
    const structs = 'struct Inner { uint a; ivec2 b; }; struct Outer { Inner in_[2]; double d; };';
    const { header, element } = await compiled(
      'std430) buffer B { Inner first; Outer x[]; }',
      target,
      structs,
    );
    expect(header).toBe('first.a:uint@0 first.b.x:int@8 first.b.y:int@12');
    expect(element).toBe(
      'in_[0].a:uint@0 in_[0].b.x:int@8 in_[0].b.y:int@12 in_[1].a:uint@16 in_[1].b.x:int@24 in_[1].b.y:int@28 d:double@32',
    );
  });

  it.skipIf(glslang === undefined)('places matrices by column or by row, ordered by offset', async () => {
    const matrices = 'layout(column_major) mat2x3 c; layout(row_major) mat2x3 r; mat2 a[2];';
    const { header } = await compiled(`std430) buffer B { ${matrices} uint last; }`, target);
    expect(header.split(' ')).toEqual([
      ...['c[0][0]:float@0', 'c[0][1]:float@4', 'c[0][2]:float@8'],
      ...['c[1][0]:float@16', 'c[1][1]:float@20', 'c[1][2]:float@24'],
      ...['r[0][0]:float@32', 'r[1][0]:float@36', 'r[0][1]:float@40'],
      ...['r[1][1]:float@44', 'r[0][2]:float@48', 'r[1][2]:float@52'],
      ...['a[0][0][0]:float@56', 'a[0][0][1]:float@60', 'a[0][1][0]:float@64', 'a[0][1][1]:float@68'],
      ...['a[1][0][0]:float@72', 'a[1][0][1]:float@76', 'a[1][1][0]:float@80', 'a[1][1][1]:float@84'],
      'last:uint@88',
    ]);
  });

  it.skipIf(glslang === undefined)(
    'names the element of an array as a path that starts with it',
    async () => {
      expect((await compiled('std430) buffer B { uint x[]; }', target)).element).toBe(':uint@0');
      expect((await compiled('std430) buffer B { vec2 x[]; }', target)).element).toBe('x:float@0 y:float@4');
      expect((await compiled('std430) buffer B { uint x[][2]; }', target)).element).toBe(
        '[0]:uint@0 [1]:uint@4',
      );
      expect((await compiled('std140) buffer B { mat2 x[]; }', target)).element).toBe(
        '[0][0]:float@0 [0][1]:float@4 [1][0]:float@16 [1][1]:float@20',
      );
    },
  );
});

describe('scalarPlaces()', () => {
  it.skipIf(glslang === undefined)('knows scalars of every size, and addresses', async () => {
    const members =
      'int8_t a; uint8_t b; int16_t c; uint16_t d; float16_t e; int64_t f; uint64_t g; Pointer p;';
    const pointer = 'layout(buffer_reference) buffer Pointer { float v; };';
    expect((await compiled(`std430) buffer B { ${members} }`, 'vulkan1.3', pointer)).header).toBe(
      'a:int8@0 b:uint8@1 c:int16@2 d:uint16@4 e:float16@6 f:int64@8 g:uint64@16 p:address@24',
    );
  });

  const UINT: Line = [21, 10, 32, 0];
  const variable: Line[] = [
    [32, 51, 12, 50],
    [59, 51, 52, 12],
  ];
  const bindingOf = (lines: readonly Line[]) =>
    reflectKernel(assembleKernel([[71, 52, 33, 0], [5, 50, 'B'], ...lines, ...variable])).bindings[0];

  it('calls a number other that JavaScript has no values of, and indexes long vectors', () => {
    const lines: Line[] = [
      [72, 50, 0, 35, 0],
      [72, 50, 1, 35, 16],
      [6, 50, 0, 'half_'],
      [22, 11, 16, 0],
      UINT,
      [23, 12, 10, 5],
      [30, 50, 11, 12],
    ];
    expect(written(bindingOf(lines)?.headerScalars ?? [])).toBe(
      'half_:other@0 member1[0]:uint@16 member1[1]:uint@20 member1[2]:uint@24 member1[3]:uint@28 member1[4]:uint@32',
    );
  });

  /** A block that is an array of 2^32 − 1 arrays of as many, and so on, before a last member. */
  function nested(depth: number, length: number): Line[] {
    const ids = Array.from({ length: depth }, (_, index) => 100 + index);
    return [
      ...ids.map((id): Line => [71, id, 6, 4]),
      [72, 50, 0, 35, 0],
      [72, 50, 1, 35, 4],
      UINT,
      [43, 10, 11, length],
      ...ids.map((id, index): Line => [28, id, index === 0 ? 10 : id - 1, 11]),
      [30, 50, 100 + depth - 1, 10],
    ];
  }

  it('refuses more than 4096 scalars in a header or an element before it expands any', () => {
    const started = performance.now();
    expect(() => bindingOf(nested(1, 4097))).toThrow('the block B has 4098 scalars, more than 4096');
    expect(() => bindingOf(nested(30, 0xffff_ffff))).toThrow('the block B has more than 2^53 scalars');
    expect(() => bindingOf(nested(33, 2))).toThrow('its types are nested more than 32 deep');
    expect(performance.now() - started).toBeLessThan(1000);
    expect(bindingOf(nested(1, 4095))?.headerScalars).toHaveLength(4096);
  });

  it('does not count through 2^32 elements without data', () => {
    const lines: Line[] = [
      [71, 12, 6, 4],
      [72, 50, 0, 35, 0],
      [72, 50, 1, 35, 4],
      UINT,
      [43, 10, 11, -1],
      [30, 13],
      [28, 12, 13, 11],
      [30, 50, 12, 10],
    ];
    expect(() => bindingOf(lines)).toThrow('its blocks have too many members in all');
  });

  it('refuses thousands of variables of a large block', () => {
    const ids = Array.from({ length: 1000 }, (_, index) => 1000 + index);
    const decorations = ids.map((id): Line => [71, id, 33, id]);
    const variables = ids.map((id): Line => [59, 51, id, 12]);
    const all = [...decorations, ...nested(1, 4000), [32, 51, 12, 50] as Line, ...variables];
    expect(() => reflectKernel(assembleKernel(all))).toThrow('its blocks have too many members in all');
  });

  it('refuses an array whose length it cannot follow, and elements that lie on each other', () => {
    const block = (length: Line, stride: number): Line[] => [
      [71, 12, 6, stride],
      [72, 50, 0, 35, 0],
      [6, 50, 0, 'x'],
      UINT,
      length,
      [28, 12, 10, 11],
      [30, 50, 12],
    ];
    expect(() => bindingOf(block([52, 10, 11, 129, 10, 10], 4))).toThrow(
      'the length of x is computed in a way',
    );
    expect(() => bindingOf(block([43, 10, 11, 5], 0))).toThrow('the elements of x lie on each other');
    expect(bindingOf(block([43, 10, 11, 5], 4))?.elementCount).toBe(5);
  });

  it('takes an array that other members follow for a part of the header', () => {
    const lines: Line[] = [
      [71, 12, 6, 4],
      [72, 50, 0, 35, 8],
      [72, 50, 1, 35, 0],
      UINT,
      [43, 10, 11, 2],
      [28, 12, 10, 11],
      [30, 50, 10, 12],
    ];
    const binding = bindingOf(lines);
    expect(binding).toMatchObject({ headerBytes: 12, element: null, elementScalars: [] });
    expect(written(binding?.headerScalars ?? [])).toBe('member1[0]:uint@0 member1[1]:uint@4 member0:uint@8');
  });
});
