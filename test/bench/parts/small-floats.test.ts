import { describe, expect, it } from 'vitest';
import { BFLOAT16, E4M3, E5M2, FLOAT16, floatBits, floatValue } from '../../../bench/parts/small-floats.ts';
import { float16Bits } from '../../../src/base/float16.ts';

describe('floatBits()', () => {
  it('gives the bits of half floats as the library does', () => {
    for (const value of [0, 1, -1, 3, -7, 0.5, 2048, -1.5])
      expect(floatBits(value, FLOAT16)).toBe(float16Bits(value));
  });

  it('gives the upper half of a 32-bit float for bfloat16', () => {
    for (const value of [0, 1, -1, 5, -7, 96, 2 ** -20]) {
      const [bits = 0] = new Uint32Array(Float32Array.of(value).buffer);
      expect(floatBits(value, BFLOAT16)).toBe(bits >>> 16);
    }
  });

  // OCP 8-bit Floating Point Specification (OFP8), revision 1.0, table 1 and section 5.
  it.each([
    [1, 0x38, 0x3c],
    [-1, 0xb8, 0xbc],
    [7, 0x4e, 0x47],
    [-6, 0xcc, 0xc6],
    [0, 0, 0],
  ])('of %i is in e4m3 and e5m2 what their specification says', (value, e4m3, e5m2) => {
    expect([floatBits(value, E4M3), floatBits(value, E5M2)]).toEqual([e4m3, e5m2]);
  });
});

it.each([FLOAT16, BFLOAT16, E4M3, E5M2])(
  'floatValue() undoes floatBits() in $exponentBits + $fractionBits bits',
  (format) => {
    for (let value = -4; value <= 4; value += 0.5)
      expect(floatValue(floatBits(value, format), format)).toBe(value);
  },
);

it('floatValue() knows numbers below the smallest normal one', () => {
  expect([floatValue(1, E4M3), floatValue(1, FLOAT16)]).toEqual([2 ** -9, 2 ** -24]);
});
