import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitsScalar,
  integersFrom0,
  isInteger,
  roundedScalar,
  scalarAccess,
} from '../../src/definition/scalar-io.ts';
import type { ScalarTypeName } from '../../src/shader/kernel-interface.ts';

const view = new DataView(new ArrayBuffer(16));

function roundTrip(type: ScalarTypeName, value: number): number {
  const { read, write } = scalarAccess(type);
  write(view, 4, value);
  return read(view, 4);
}

/** A half by way of a float with the same fraction: the fields of IEEE 754, shifted. */
function halfByBits(bits: number): number {
  const [sign, exponent, fraction] = [bits >>> 15, (bits >>> 10) & 31, bits & 1023];
  if (exponent === 0) return (sign === 1 ? -1 : 1) * (fraction / 2 ** 24);
  view.setUint32(
    0,
    ((sign << 31) | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13)) >>> 0,
  );
  return view.getFloat32(0);
}

const RANGES: readonly (readonly [ScalarTypeName, number, number])[] = [
  ['int8', -128, 127],
  ['uint8', 0, 255],
  ['int16', -32768, 32767],
  ['uint16', 0, 65535],
  ['int', -(2 ** 31), 2 ** 31 - 1],
  ['uint', 0, 2 ** 32 - 1],
  ['int64', -(2 ** 53), 2 ** 53],
  ['uint64', 0, 2 ** 53],
];

describe('scalarAccess()', () => {
  it.each(RANGES)('writes and reads %s from %d to %d', (type, low, high) => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(low, high, 0), fc.double({ min: low, max: high, noNaN: true })),
        (value) => {
          const whole = Math.trunc(value) + 0;
          expect(roundTrip(type, whole)).toBe(whole);
          expect(fitsScalar(type, whole)).toBe(true);
        },
      ),
    );
  });

  it('writes and reads floats as they are rounded', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(roundTrip('double', value)).toBe(value);
        expect(roundTrip('float', value)).toBe(Math.fround(value));
        for (const type of ['float', 'float16', 'double'] as const)
          expect(roundTrip(type, value)).toBe(roundedScalar(type, value));
      }),
    );
    expect([roundTrip('bool', 0), roundTrip('bool', 0.5), roundTrip('bool', -3)]).toEqual([0, 1, 1]);
  });

  it('reads all halves and writes each of them back', () => {
    const { read, write } = scalarAccess('float16');
    let wrong = 0;
    for (let bits = 0; bits < 65536; bits++) {
      view.setUint16(4, bits, true);
      const value = read(view, 4);
      if (!Object.is(value, halfByBits(bits))) wrong++;
      write(view, 4, value);
      if (!Number.isNaN(value) && view.getUint16(4, true) !== bits) wrong++;
    }
    expect(wrong).toBe(0);
  });

  it('rounds between two halves to the nearer one, ties to the even one', () => {
    const { write } = scalarAccess('float16');
    const bitsOf = (value: number): number => {
      write(view, 4, value);
      return view.getUint16(4, true);
    };
    let wrong = 0;
    for (let bits = 0; bits < 0x7bff; bits++) {
      const [low, high] = [halfByBits(bits), halfByBits(bits + 1)];
      const middle = (low + high) / 2;
      const nearly = (high - low) / 1024;
      if (bitsOf(middle - nearly) !== bits || bitsOf(middle + nearly) !== bits + 1) wrong++;
      if (bitsOf(middle) !== bits + (bits % 2) || bitsOf(-middle) !== 0x8000 + bits + (bits % 2)) wrong++;
    }
    expect(wrong).toBe(0);
    expect([65519.99, 65520, 1e300, -1e300].map(bitsOf)).toEqual([0x7bff, 0x7c00, 0x7c00, 0xfc00]);
    expect([2 ** -25, 2 ** -25 * 1.001, Number.MIN_VALUE].map(bitsOf)).toEqual([0, 1, 0]);
  });

  it.each([
    ['uint8', 300, 44],
    ['uint', -1, 2 ** 32 - 1],
    ['int', 2 ** 31, -(2 ** 31)],
    ['int', 1.9, 1],
    ['uint64', -1, 2 ** 64],
    ['int64', 2 ** 63, -(2 ** 63)],
    ['int64', Number.NaN, 0],
    ['uint64', Number.POSITIVE_INFINITY, 0],
    ['int64', -1.9, -1],
  ] as const)('wraps %s around: %d is %d', (type, value, expected) => {
    expect(roundTrip(type, value)).toBe(expected);
    expect(fitsScalar(type, value)).toBe(false);
  });

  it('reads 64-bit integers of any value', () => {
    view.setBigUint64(4, 2n ** 64n - 1n, true);
    expect(scalarAccess('uint64').read(view, 4)).toBe(2 ** 64);
    expect(scalarAccess('int64').read(view, 4)).toBe(-1);
  });

  it('writes no address, and reads what is no number of JavaScript as none', () => {
    view.setBigUint64(4, 7n, true);
    scalarAccess('address').write(view, 4, 99);
    expect(scalarAccess('address').read(view, 4)).toBe(7);
    expect(scalarAccess('other').read(view, 4)).toBeNaN();
  });
});

describe('fitsScalar()', () => {
  it.each([
    ['float', 3e38, true],
    ['float', 1e39, false],
    ['float16', 65504, true],
    ['float16', 65520, false],
    ['double', 1e308, true],
    ['double', Number.NaN, false],
    ['uint', 0.5, false],
    ['bool', 7, true],
    ['address', 0, true],
    ['address', 1, false],
    ['other', 1, false],
  ] as const)('says of %s and %d: %s', (type, value, expected) => {
    expect(fitsScalar(type, value)).toBe(expected);
  });
});

describe('isInteger() and integersFrom0()', () => {
  it('know the integer types and how far they reach', () => {
    expect(RANGES.every(([type]) => isInteger(type)) && isInteger('bool')).toBe(true);
    expect((['float', 'float16', 'double', 'address', 'other'] as const).some(isInteger)).toBe(false);
    expect((['bool', 'int8', 'uint8', 'int', 'uint64'] as const).map(integersFrom0)).toEqual([
      2,
      128,
      256,
      2 ** 31,
      2 ** 64,
    ]);
  });
});
