import { describe, expect, it } from 'vitest';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { assembleKernel, type Line } from './assemble.ts';
import { compileText, glslang } from './glslang.ts';

const bindingsOf = (lines: readonly Line[]) => reflectKernel(assembleKernel(lines)).bindings;

// %20 = struct { float x[]; }, pointed to by %21.
const BLOCK: Line[] = [
  [71, 11, 6, 4],
  [72, 20, 0, 35, 0],
  [22, 10, 32],
  [29, 11, 10],
  [30, 20, 11],
];
const at = (variable: number, binding: number, set = 0): Line[] => [
  [71, variable, 33, binding],
  [71, variable, 34, set],
];

describe('reflectBindings()', () => {
  it('describes a storage buffer by its class or by Uniform with BufferBlock', () => {
    const modern: Line[] = [...BLOCK, [32, 21, 12, 20], [59, 21, 22, 12]];
    const old: Line[] = [[71, 20, 3], ...BLOCK, [32, 21, 2, 20], [59, 21, 22, 2]];
    const [expected] = bindingsOf([...at(22, 4), [6, 20, 0, 'x'], ...modern]);
    expect(expected).toEqual({
      set: 0,
      binding: 4,
      name: 'x',
      blockName: null,
      kind: 'storage',
      access: 'read-write',
      descriptorCount: 1,
      headerBytes: 0,
      element: 'float',
      elementBytes: 4,
      elementCount: null,
      use: 'none',
      headerScalars: [],
      elementScalars: [{ name: '', type: 'float', offset: 0 }],
      image: null,
    });
    expect(bindingsOf([...at(22, 4), [6, 20, 0, 'x'], ...old])).toEqual([expected]);
  });

  it.each<[string, readonly Line[]]>([
    ['read', [[72, 20, 0, 24]]],
    ['read', [[71, 22, 24]]],
    ['write', [[72, 20, 0, 25]]],
    ['write', [[71, 22, 25]]],
    ['read-write', []],
  ])('reads the access %s from members or from the variable', (access, decorations) => {
    const lines: Line[] = [...at(22, 0), ...decorations, ...BLOCK, [32, 21, 12, 20], [59, 21, 22, 12]];
    expect(bindingsOf(lines)[0]?.access).toBe(access);
  });

  it('joins variables that share a binding', () => {
    const lines: Line[] = [...at(22, 0), ...at(23, 0), [71, 22, 24], [71, 23, 25], ...BLOCK];
    const bindings = bindingsOf([...lines, [32, 21, 12, 20], [59, 21, 22, 12], [59, 21, 23, 12]]);
    expect(bindings).toHaveLength(1);
    expect(bindings[0]?.access).toBe('read-write');
  });

  it('names a stripped binding by its number, with its set where that is not 0', () => {
    const lines: Line[] = [...at(22, 3), ...at(23, 0, 1), ...BLOCK, [32, 21, 12, 20]];
    const names = bindingsOf([...lines, [59, 21, 22, 12], [59, 21, 23, 12]]).map(({ name }) => name);
    expect(names).toEqual(['binding3', 'set1binding0']);
  });

  it('gives a binding whose name is taken by the form of another its own number', () => {
    const lines: Line[] = [...at(22, 3), ...at(23, 0, 1), [5, 22, 'set1binding0'], [5, 23, 'binding3']];
    const names = bindingsOf([...lines, ...BLOCK, [32, 21, 12, 20], [59, 21, 22, 12], [59, 21, 23, 12]]);
    expect(names.map(({ name }) => name)).toEqual(['binding3', 'set1binding0']);
  });

  it.each(['a\u001b[31m', 'a b', '', 'é', '__proto__', '9', 'x'.repeat(256)])(
    'does not pass on the name %j, which is no identifier',
    (name) => {
      const lines: Line[] = [...at(22, 3), [5, 22, name], [6, 20, 0, name], [5, 20, name], ...BLOCK];
      const [binding] = bindingsOf([...lines, [32, 21, 12, 20], [59, 21, 22, 12]]);
      expect(binding).toMatchObject({ name: 'binding3', blockName: null });
    },
  );

  it('refuses more than 1024 bindings', () => {
    const ids = Array.from({ length: 1025 }, (_, index) => 200 + index);
    const lines: Line[] = [...ids.flatMap((id) => at(id, id)), ...BLOCK, [32, 21, 12, 20]];
    const variables = ids.map((id): Line => [59, 21, id, 12]);
    expect(() => bindingsOf([...lines, ...variables])).toThrow('it has more than 1024 bindings');
    expect(bindingsOf([...lines, ...variables.slice(1)])).toHaveLength(1024);
  });

  it('refuses a resource without a binding and a block without a layout', () => {
    const variable: Line[] = [
      [32, 21, 12, 20],
      [59, 21, 22, 12],
    ];
    expect(() => bindingsOf([[5, 22, 'x'], ...BLOCK, ...variable])).toThrow('the resource x has no binding');
    const bare: Line[] = [
      [5, 20, 'X'],
      [22, 10, 32],
      [29, 11, 10],
      [30, 20, 11],
    ];
    expect(() => bindingsOf([...at(22, 0), ...bare, ...variable])).toThrow('the block X has no layout');
  });

  it.skipIf(glslang === undefined)('describes kinds that cannot be filled yet', async () => {
    const spirv = await compileText(`
      layout(local_size_x = 1) in;
      layout(binding = 0, rgba8) uniform image2D picture;
      layout(binding = 1) uniform sampler2D both;
      layout(binding = 2) uniform texture2D plain;
      layout(binding = 3) uniform sampler how;
      layout(binding = 4) uniform samplerBuffer texels;
      layout(binding = 5, r32f) uniform imageBuffer written;
      layout(binding = 6) uniform Settings { vec4 color; float scale; } settings;
      layout(binding = 7) uniform texture2D many[3];
      void main() {
        vec4 sum = texture(both, vec2(0)) + texture(sampler2D(plain, how), vec2(0));
        sum += texelFetch(texels, 0) + settings.color * settings.scale + texture(sampler2D(many[1], how), vec2(0));
        imageStore(picture, ivec2(0), sum);
        imageStore(written, 0, sum);
      }`);
    const found = reflectKernel(spirv).bindings.map(({ name, kind, descriptorCount, headerBytes }) => [
      name,
      kind,
      descriptorCount,
      headerBytes,
    ]);
    expect(found).toEqual([
      ['picture', 'storage-image', 1, 0],
      ['both', 'combined-image-sampler', 1, 0],
      ['plain', 'sampled-image', 1, 0],
      ['how', 'sampler', 1, 0],
      ['texels', 'uniform-texel-buffer', 1, 0],
      ['written', 'storage-texel-buffer', 1, 0],
      ['settings', 'uniform', 1, 20],
      ['many', 'sampled-image', 3, 0],
    ]);
  });

  it.skipIf(glslang === undefined)(
    'describes headers, fixed arrays and structs, and tells names apart',
    async () => {
      const spirv = await compileText(`
      struct Particle { vec3 position; float mass; };
      layout(local_size_x = 1) in;
      layout(binding = 0) readonly buffer Input { uint count; Particle data[]; } source;
      layout(binding = 1) buffer Output { float data[]; } sink;
      layout(binding = 2) buffer Histogram { uint bins[256]; };
      layout(binding = 3) buffer Counter { uint counter; };
      void main() { sink.data[0] = source.data[source.count].mass; bins[0] += counter; }`);
      const found = reflectKernel(spirv).bindings.map(
        ({ name, access, headerBytes, element, elementBytes, elementCount }) => ({
          name,
          access,
          contents: [headerBytes, element, elementBytes, elementCount],
        }),
      );
      expect(found).toEqual([
        { name: 'source', access: 'read', contents: [16, 'Particle', 16, null] },
        { name: 'sink', access: 'read-write', contents: [0, 'float', 4, null] },
        { name: 'bins', access: 'read-write', contents: [0, 'uint', 4, 256] },
        { name: 'counter', access: 'read-write', contents: [4, null, null, null] },
      ]);
    },
  );
});
