import { describe, expect, it } from 'vitest';
import type { BindingLayout } from '../../src/definition/binding-layout.ts';
import { compareScalars, type Expectation } from '../../src/definition/compare-outputs.ts';
import type { ScalarTypeName } from '../../src/shader/kernel-interface.ts';
import type { Verification } from '../../src/suite/verification.ts';
import { places, scalarBytes } from './interfaces.ts';

function layoutOf(type: ScalarTypeName, elements: number, parts: Partial<BindingLayout> = {}): BindingLayout {
  const elementBytes = scalarBytes(type);
  const bytes = elements * elementBytes;
  const scalars = { headerScalars: [], elementScalars: places(`:${type}`) };
  return { name: 'y', bytes, headerBytes: 0, elements, elementBytes, ...scalars, extent: null, ...parts };
}

const bytesOf = (elements: ArrayBufferView): Uint8Array =>
  new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
const bytes = (elements: ArrayBufferView): Expectation => ({ kind: 'bytes', bytes: bytesOf(elements) });
const numbers = (of: (element: number) => number): Expectation => ({ kind: 'numbers', of });

function compared(
  actual: ArrayBufferView,
  type: ScalarTypeName,
  expectation: Expectation,
  tolerance = 0,
): Verification {
  const elements = actual.byteLength / scalarBytes(type);
  return compareScalars(bytesOf(actual), layoutOf(type, elements), expectation, tolerance);
}

describe('compareScalars()', () => {
  it('counts what differs and keeps the first', () => {
    const verification = compared(
      Uint32Array.of(0, 1, 5, 7),
      'uint',
      numbers((element) => element),
    );
    const first = { what: 'y', index: 2, actual: 5, expected: 2 };
    expect(verification).toEqual({ ok: false, checked: 4, mismatches: 2, first });
    expect(
      compared(
        Uint32Array.of(0, 1),
        'uint',
        numbers((element) => element),
      ),
    ).toEqual({ ok: true, checked: 2 });
  });

  it('takes infinity for no number that is too large for the type', () => {
    const infinity = Float32Array.of(Number.POSITIVE_INFINITY);
    const large = numbers(() => 1e39);
    expect(compared(infinity, 'float', large, 1)).toMatchObject({ ok: false, first: { expected: 1e39 } });
  });

  it('means numbers as the type of the output holds them', () => {
    expect(
      compared(
        Float32Array.of(0.1),
        'float',
        numbers(() => 0.1),
      ).ok,
    ).toBe(true);
    expect(
      compared(
        Float64Array.of(Math.fround(0.1)),
        'double',
        numbers(() => 0.1),
      ).ok,
    ).toBe(false);
    expect(
      compared(
        Uint16Array.of(0x2e66),
        'float16',
        numbers(() => 0.1),
      ).ok,
    ).toBe(true);
  });

  it.each([
    [100, 101, 0.01, true],
    [100, 101.02, 0.01, false],
    [0, 0.01, 0.01, true],
    [0, -0.0101, 0.01, false],
    [Number.POSITIVE_INFINITY, 1, 0.5, false],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.5, false],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, true],
    [1, Number.POSITIVE_INFINITY, 0.5, false],
    [1, Number.NaN, 0.5, false],
    [Number.NaN, 1, 0.5, false],
    [Number.NaN, Number.NaN, 0, true],
    [0, -0, 0, true],
  ])('takes %d for %d within %d: %s', (want, got, tolerance, ok) => {
    expect(compared(Float64Array.of(got), 'double', bytes(Float64Array.of(want)), tolerance).ok).toBe(ok);
  });

  it('takes NaN for no number', () => {
    expect(
      compared(
        Float32Array.of(Number.NaN),
        'float',
        numbers(() => 0),
        1e9,
      ).ok,
    ).toBe(false);
  });

  it('gives integers no tolerance', () => {
    expect(
      compared(
        Int32Array.of(100),
        'int',
        numbers(() => 101),
        0.5,
      ).ok,
    ).toBe(false);
  });

  it('tells 64-bit integers apart that are one number in JavaScript', () => {
    const [one, other] = [BigUint64Array.of(2n ** 60n), BigUint64Array.of(2n ** 60n + 1n)];
    expect(compared(one, 'uint64', bytes(other)).ok).toBe(false);
    expect(compared(one, 'uint64', bytes(one)).ok).toBe(true);
    expect(
      compared(
        one,
        'uint64',
        numbers(() => 2 ** 60),
      ).ok,
    ).toBe(true);
  });

  it('compares what it cannot read by its bytes, and with no number', () => {
    const layout = layoutOf('other', 2, { elementBytes: 2, bytes: 4 });
    const [one, other] = [Uint8Array.of(1, 2, 3, 4), Uint8Array.of(1, 2, 3, 5)];
    expect(compareScalars(one, layout, bytes(one), 0).ok).toBe(true);
    expect(compareScalars(one, layout, bytes(other), 0)).toMatchObject({ ok: false, mismatches: 1 });
    expect(
      compareScalars(
        one,
        layout,
        numbers(() => 0),
        0,
      ).ok,
    ).toBe(false);
  });

  const withHeader = layoutOf('uint', 2, { headerBytes: 4, headerScalars: places('count:uint'), bytes: 12 });

  it('leaves out what precedes an array where numbers are expected, and not where bytes are', () => {
    const actual = Uint32Array.of(9, 5, 5);
    expect(
      compareScalars(
        bytesOf(actual),
        withHeader,
        numbers(() => 5),
        0,
      ),
    ).toEqual({ ok: true, checked: 2 });
    expect(compareScalars(bytesOf(actual), withHeader, bytes(Uint32Array.of(8, 5, 5)), 0)).toMatchObject({
      ok: false,
      first: { what: 'y.count', actual: 9, expected: 8 },
    });
  });

  it('expects numbers of all of a block without an array', () => {
    const layout = layoutOf('uint', 0, {
      headerBytes: 8,
      headerScalars: places('a:uint,b:uint'),
      elementScalars: [],
      bytes: 8,
    });
    expect(
      compareScalars(
        bytesOf(Uint32Array.of(5, 5)),
        layout,
        numbers(() => 5),
        0,
      ),
    ).toEqual({ ok: true, checked: 2 });
    expect(
      compareScalars(
        bytesOf(Uint32Array.of(5, 6)),
        layout,
        numbers(() => 5),
        0,
      ).ok,
    ).toBe(false);
  });

  it('ignores gaps', () => {
    const layout = layoutOf('float', 2, { elementBytes: 8, bytes: 16 });
    const [one, other] = [Float32Array.of(1, 7, 2, 8), Float32Array.of(1, 0, 2, 0)];
    expect(compareScalars(bytesOf(one), layout, bytes(other), 0)).toEqual({ ok: true, checked: 2 });
  });

  it('names the scalar of an element', () => {
    const layout = layoutOf('uint', 1, { elementScalars: [{ name: '[1]', type: 'uint', offset: 0 }] });
    const verification = compareScalars(
      bytesOf(Uint32Array.of(1)),
      layout,
      numbers(() => 2),
      0,
    );
    expect(verification).toMatchObject({ first: { what: 'y[1]' } });
  });

  it('does not take nothing for a success', () => {
    expect(
      compareScalars(
        new Uint8Array(),
        layoutOf('uint', 0),
        numbers(() => 0),
        0,
      ).ok,
    ).toBe(false);
  });
});
