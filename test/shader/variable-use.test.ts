import { describe, expect, it } from 'vitest';
import { parseModule } from '../../src/shader/parse-module.ts';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { variableUse } from '../../src/shader/variable-use.ts';
import { assembleKernel, type Line } from './assemble.ts';
import { compileText, glslang } from './glslang.ts';

// %22 = buffer { float x[]; }, %32 = an image, %33 = an array of two images; %40… are what code makes.
const DECLARED: Line[] = [
  [71, 11, 6, 4],
  [72, 20, 0, 35, 0],
  [71, 22, 33, 0],
  [71, 32, 33, 1],
  [22, 10, 32],
  [29, 11, 10],
  [30, 20, 11],
  [32, 21, 12, 20],
  [59, 21, 22, 12],
  [25, 30, 10, 1, 0, 0, 0, 2, 1],
  [32, 31, 0, 30],
  [59, 31, 32, 0],
  [21, 13, 32, 0],
  [43, 13, 14, 2],
  [28, 34, 30, 14],
  [32, 35, 0, 34],
  [59, 35, 33, 0],
];

const NOTHING = { reads: false, writes: false, escapes: false };
const usesOf = (code: readonly Line[]) =>
  variableUse(parseModule(assembleKernel([...DECLARED], undefined, code)), 1);
const CHAIN: Line = [65, 5, 40, 22, 6, 7];

describe('variableUse()', () => {
  it.each<[string, object | undefined, readonly Line[]]>([
    ['nothing', undefined, [[61, 5, 40, 99]]],
    ['a load', { reads: true }, [CHAIN, [61, 10, 41, 40]]],
    ['a store', { writes: true }, [CHAIN, [62, 40, 9]]],
    [
      'a store through two chains and a copy',
      { writes: true },
      [CHAIN, [66, 5, 41, 40, 6], [83, 5, 42, 41], [62, 42, 9]],
    ],
    ['an atomic addition', { reads: true, writes: true }, [CHAIN, [234, 5, 41, 40, 1, 1, 9]]],
    ['an atomic load', { reads: true }, [CHAIN, [227, 5, 41, 40, 1, 1]]],
    ['an atomic store', { writes: true }, [CHAIN, [228, 40, 1, 1, 9]]],
    ['a copy within memory', { reads: true, writes: true }, [CHAIN, [63, 40, 22]]],
    ['the length of an array', {}, [[68, 5, 40, 22, 0]]],
    ['a pointer passed to a function', { escapes: true }, [CHAIN, [57, 5, 41, 1, 40]]],
    ['a pointer selected', { escapes: true }, [CHAIN, [169, 5, 41, 6, 40, 40]]],
    ['a pointer through a phi', { escapes: true }, [CHAIN, [245, 5, 41, 40, 4]]],
    ['a pointer stored', { escapes: true }, [[62, 98, 22]]],
    ['an instruction of an extension that is not known', { escapes: true }, [[5999, 22]]],
    [
      'numbers that are no ids',
      undefined,
      [
        [81, 10, 41, 40, 22],
        [247, 22, 22],
      ],
    ],
  ])('follows a buffer: %s', (_, use, code) => {
    expect(usesOf(code).get(22)).toEqual(use === undefined ? undefined : { ...NOTHING, ...use });
  });

  it.each<[string, object, readonly Line[]]>([
    ['loaded only', {}, [[61, 30, 40, 32]]],
    [
      'asked for its size',
      {},
      [
        [61, 30, 40, 32],
        [104, 5, 41, 40],
      ],
    ],
    [
      'read',
      { reads: true },
      [
        [61, 30, 40, 32],
        [98, 5, 41, 40, 6],
      ],
    ],
    [
      'fetched from',
      { reads: true },
      [
        [61, 30, 40, 32],
        [95, 5, 41, 40, 6],
      ],
    ],
    [
      'written',
      { writes: true },
      [
        [61, 30, 40, 32],
        [99, 40, 6, 9],
      ],
    ],
    [
      'changed atomically',
      { reads: true, writes: true },
      [
        [60, 5, 40, 32, 6, 7],
        [234, 5, 41, 40, 1, 1, 9],
      ],
    ],
  ])('follows an image: %s', (_, use, code) => {
    expect(usesOf(code).get(32)).toEqual({ ...NOTHING, ...use });
  });

  it('reads no data where it loads an image from an array of them', () => {
    const load: Line[] = [
      [65, 31, 40, 33, 6],
      [61, 30, 41, 40],
    ];
    expect(usesOf(load).get(33)).toEqual(NOTHING);
    expect(usesOf([...load, [99, 41, 6, 9]]).get(33)).toEqual({ ...NOTHING, writes: true });
  });

  it.skipIf(glslang === undefined)('tells what is read from what is written in compiled code', async () => {
    const spirv = await compileText(`
      layout(local_size_x = 1) in;
      layout(binding = 0) buffer A { float a[]; };
      layout(binding = 1) buffer B { float b[]; };
      layout(binding = 2) buffer C { uint c[]; };
      layout(binding = 3) buffer D { float d[]; };
      layout(binding = 4, r32f) uniform image2D e;
      layout(binding = 5, r32f) uniform image2D f;
      layout(binding = 6) buffer G { float g[]; };
      float get(uint i) { return a[i]; }
      void main() {
        b[0] = get(0) + imageLoad(f, ivec2(0)).x + float(g.length());
        atomicAdd(c[0], 1);
        imageStore(e, ivec2(0), vec4(0));
      }`);
    const uses = reflectKernel(spirv).bindings.map(({ name, use }) => `${name}:${use}`);
    expect(uses).toEqual(['a:read', 'b:write', 'c:read-write', 'd:none', 'e:write', 'f:read', 'g:none']);
  });
});
