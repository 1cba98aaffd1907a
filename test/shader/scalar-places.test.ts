import { describe, expect, it } from 'vitest';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { assembleKernel, type Line } from './assemble.ts';

const reflect = (lines: readonly Line[]) => () => reflectKernel(assembleKernel(lines));

// %20 = struct, in a storage buffer %22.
const BUFFER: Line[] = [
  [32, 21, 12, 20],
  [59, 21, 22, 12],
];
const BINDING: Line = [71, 22, 33, 0];
const FLOAT: Line = [22, 10, 32];
const VEC4: Line = [23, 12, 10, 4];

describe('scalarPlaces()', () => {
  it('refuses an element that reaches into the next, whose last one would lie behind the buffer', () => {
    const elements = (stride: number): Line[] => [
      BINDING,
      [71, 11, 6, stride],
      [72, 20, 0, 35, 0],
      ...[FLOAT, VEC4, [29, 11, 12] as const, [30, 20, 11] as const],
      ...BUFFER,
    ];
    expect(reflect(elements(16))).not.toThrow();
    expect(reflect(elements(4))).toThrow(
      'Cannot reflect shader: an element of member0 has a scalar outside of its 4 bytes',
    );
  });

  it('refuses a matrix whose columns lie on each other, in a header and in the push constants', () => {
    const matrix = (stride: number, storageClass: number): Line[] => [
      BINDING,
      [72, 20, 0, 35, 0],
      [72, 20, 0, 7, stride],
      ...[FLOAT, VEC4, [24, 11, 12, 4] as const, [30, 20, 11] as const],
      [32, 21, storageClass, 20],
      [59, 21, 22, storageClass],
    ];
    for (const storageClass of [12, 9]) {
      expect(reflect(matrix(16, storageClass))).not.toThrow();
      expect(reflect(matrix(0, storageClass))).toThrow('has a scalar outside of its 0 bytes');
    }
  });
});
