import { describe, expect, it } from 'vitest';
import { npyHeader } from '../../src/suite/npy.ts';
import { parseNpy } from './read-npy.ts';

describe('npyHeader()', () => {
  it('is, byte for byte, what the format says', () => {
    const dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }";
    const text = `\x93NUMPY\x01\x00\x76\x00${dictionary.padEnd(117)}\n`;
    expect(Buffer.from(npyHeader('f32', [3]))).toEqual(Buffer.from(text, 'latin1'));
  });

  it.each([
    ['f32', '<f4'],
    ['u32', '<u4'],
    ['i32', '<i4'],
    ['f64', '<f8'],
    ['u16', '<u2'],
    ['i16', '<i2'],
    ['u8', '|u1'],
    ['i8', '|i1'],
  ] as const)('names %s %s', (type, descr) => {
    expect(parseNpy(Buffer.from(npyHeader(type, [2, 3, 4])))).toMatchObject({ descr, shape: [2, 3, 4] });
  });

  it('ends at a multiple of 64 bytes for every length of the shape', () => {
    for (let digits = 1; digits < 60; digits++) {
      const header = npyHeader(
        'u8',
        Array.from({ length: digits }, () => 1),
      );
      expect(header.length % 64).toBe(0);
      expect(parseNpy(Buffer.from(header)).shape).toHaveLength(digits);
    }
  });
});
