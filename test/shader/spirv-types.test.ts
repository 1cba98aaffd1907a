import { describe, expect, it } from 'vitest';
import { parseModule } from '../../src/shader/parse-module.ts';
import { memberBytes } from '../../src/shader/spirv-types.ts';
import { assembleKernel, type Line } from './assemble.ts';

const FLOAT: Line = [22, 10, 32];
const VEC3: Line = [23, 11, 10, 3];

function typeOf(id: number, declarations: readonly Line[]) {
  const type = parseModule(assembleKernel(declarations)).types.get(id);
  if (type === undefined) throw new Error(`no type ${id}`);
  return type;
}

describe('declareType()', () => {
  it.each<[string, number | null, readonly Line[]]>([
    ['bool', 4, [[20, 99]]],
    ['uint', 4, [[21, 99, 32, 0]]],
    ['int', 4, [[21, 99, 32, 1]]],
    ['int64', 8, [[21, 99, 64, 1]]],
    ['uint8', 1, [[21, 99, 8, 0]]],
    ['double', 8, [[22, 99, 64]]],
    ['float16', 2, [[22, 99, 16]]],
    ['float16-encoding0', 2, [[22, 99, 16, 0]]],
    ['vec3', 12, [FLOAT, [23, 99, 10, 3]]],
    [
      'dvec2',
      16,
      [
        [22, 10, 64],
        [23, 99, 10, 2],
      ],
    ],
    [
      'ivec4',
      16,
      [
        [21, 10, 32, 1],
        [23, 99, 10, 4],
      ],
    ],
    ['mat2x3', null, [FLOAT, VEC3, [24, 99, 11, 2]]],
    ['mat3', null, [FLOAT, VEC3, [24, 99, 11, 3]]],
    ['vec3[5]', 80, [[71, 99, 6, 16], FLOAT, VEC3, [21, 12, 32, 0], [43, 12, 13, 5], [28, 99, 11, 13]]],
    ['float[]', null, [[71, 99, 6, 4], FLOAT, [29, 99, 10]]],
    ['address', 8, [FLOAT, [32, 99, 5349, 10]]],
    ['Pair', 20, [[5, 99, 'Pair'], [72, 99, 0, 35, 0], [72, 99, 1, 35, 16], FLOAT, VEC3, [30, 99, 11, 10]]],
  ])('names and measures %s', (name, bytes, declarations) => {
    expect(typeOf(99, declarations)).toMatchObject({ name, bytes });
  });

  it('lets a struct hold a pointer whose target follows it', () => {
    const type = typeOf(99, [
      [39, 98, 5349],
      [72, 99, 0, 35, 0],
      [30, 99, 98],
      [32, 98, 5349, 99],
    ]);
    expect(type).toMatchObject({ kind: 'struct', bytes: 8 });
  });

  it.each<[string, readonly Line[]]>([
    ['a number of 24 bits has no type', [[21, 99, 24, 0]]],
    ['is built on %98, which is not a type declared before it', [[29, 99, 98]]],
    ['is built on %99, which is not a type declared before it', [[30, 99, 99]]],
    ['has no scalar components', [FLOAT, VEC3, [23, 99, 11, 3]]],
    ['has no vector columns', [FLOAT, [24, 99, 10, 3]]],
  ])('refuses: %s', (state, declarations) => {
    expect(() => typeOf(99, declarations)).toThrow(/^Cannot reflect shader: /);
    expect(() => typeOf(99, declarations)).toThrow(state);
  });
});

describe('memberBytes()', () => {
  const matrix = typeOf(99, [FLOAT, VEC3, [24, 99, 11, 2]]);
  const MATRIX_STRIDE = 7;
  const ROW_MAJOR = 4;

  it('measures a matrix by its stride and its major direction', () => {
    expect(memberBytes(matrix, new Map([[MATRIX_STRIDE, 16]]))).toBe(32);
    expect(
      memberBytes(
        matrix,
        new Map([
          [MATRIX_STRIDE, 16],
          [ROW_MAJOR, 0],
        ]),
      ),
    ).toBe(48);
  });

  it('does not guess without a stride', () => {
    expect(memberBytes(matrix, new Map())).toBeNull();
  });
});
