import { describe, expect, it } from 'vitest';
import { compareWritten } from '../../../bench/parts/written.ts';

/** As the suite poisons a buffer. */
function poisoned<T>(Type: new (buffer: ArrayBuffer) => T, elements: number): T {
  return new Type(new Uint16Array(2 * elements).fill(0xffba).buffer);
}

describe('compareWritten()', () => {
  it('finds the one float that was not written', () => {
    const output = poisoned(Float32Array, 4);
    output.set([1, 2, 0]);
    expect(compareWritten('y', output)).toMatchObject({ ok: false, mismatches: 1, first: { index: 3 } });
    output[3] = Number.NEGATIVE_INFINITY;
    expect(compareWritten('y', output)).toEqual({ ok: true, checked: 0 });
  });

  it('finds words that were not written, beyond those that are poison by chance', () => {
    const output = poisoned(Uint32Array, 10);
    output.fill(7, 0, 1);
    expect(compareWritten('y', output)).toMatchObject({ ok: false, mismatches: 9, first: { index: 1 } });
    output.fill(7, 0, 2);
    expect(compareWritten('y', output)).toEqual({ ok: true, checked: 0 });
  });
});
