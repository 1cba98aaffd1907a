// Random small integers: all of them, nothing else, and encoded where that is asked for.
import { describe, expect, it } from 'vitest';
import { fillIntegers } from '../../../bench/parts/small-integers.ts';
import { float16Bits, float16Value } from '../../../src/base/float16.ts';
import { seededRandom } from '../../../src/base/random.ts';

describe('fillIntegers()', () => {
  it('draws every integer of the range and no other', () => {
    const values = new Float32Array(64);
    fillIntegers(-2, 2)(values, {}, seededRandom(1));
    expect(new Set(values)).toEqual(new Set([-2, -1, 0, 1, 2]));
  });

  it('writes the bits of each where they are no numbers', () => {
    const bits = new Uint16Array(64);
    fillIntegers(0, 3, float16Bits)(bits, {}, seededRandom(1));
    expect(new Set(Array.from(bits, float16Value))).toEqual(new Set([0, 1, 2, 3]));
  });

  it('repeats its first values in a large array, and never at a power of two', () => {
    const values = new Float32Array(2 ** 20 + 64);
    fillIntegers(-1000, 1000)(values, {}, seededRandom(1));
    const period = values.indexOf(values[0] as number, 2 ** 20 - 64);
    expect(values.slice(period, period + 64)).toEqual(values.slice(0, 64));
    expect(Math.log2(period) % 1).not.toBe(0);
  });
});
