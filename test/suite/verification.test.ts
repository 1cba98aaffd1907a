import { describe, expect, it } from 'vitest';
import {
  allOf,
  compareElements,
  describeMismatch,
  isVerification,
  type Verification,
} from '../../src/suite/verification.ts';

const failed = (verification: Verification): Verification & { ok: false } => {
  if (verification.ok) throw new Error('it passed');
  return verification;
};

describe('compareElements()', () => {
  it('passes equal values and says how many it looked at', () => {
    expect(compareElements('y', [1, 2, 3], (i) => i + 1)).toEqual({ ok: true, checked: 3 });
  });

  it('finds the first difference and counts them all', () => {
    const result = failed(compareElements('y', [1, 9, 3, 9], (i) => i + 1));
    expect(describeMismatch(result)).toBe('y[1] is 9 and should be 2 (2 of 4 values differ)');
  });

  it('is exact unless told otherwise', () => {
    expect(compareElements('y', [1 + 2 ** -52], () => 1).ok).toBe(false);
    expect(compareElements('y', [1.01], () => 1, { relative: 0.02 }).ok).toBe(true);
    expect(compareElements('y', [0.01], () => 0, { relative: 0.02 }).ok).toBe(false);
    expect(compareElements('y', [0.01], () => 0, { absolute: 0.02 }).ok).toBe(true);
  });

  it('lets NaN equal nothing, not even itself', () => {
    expect(compareElements('y', [Number.NaN], () => Number.NaN, { absolute: 1e9 }).ok).toBe(false);
  });

  it('compares with an array as with a function of it', () => {
    const [actual, other] = [Float32Array.of(1, 2, 3), Float32Array.of(1, 2, 4)];
    expect(compareElements('y', actual, actual.slice())).toEqual({ ok: true, checked: 3 });
    expect(compareElements('y', actual, [1, 2, 3])).toEqual({ ok: true, checked: 3 });
    expect(compareElements('y', other, actual, { absolute: 1 })).toEqual({ ok: true, checked: 3 });
    const result = failed(compareElements('y', other, actual));
    expect(describeMismatch(result)).toBe('y[2] is 4 and should be 3 (1 of 3 values differ)');
    // The same bytes are other numbers, or none.
    expect(compareElements('y', actual, new Uint32Array(actual.buffer)).ok).toBe(false);
    const nan = Float32Array.of(1, Number.NaN);
    expect(compareElements('y', nan, nan.slice()).ok).toBe(false);
    expect(compareElements('y', Float32Array.of(-0), Float32Array.of(0)).ok).toBe(true);
  });

  it('takes infinity for nothing but itself, whatever the tolerance', () => {
    const infinity = Number.POSITIVE_INFINITY;
    expect(compareElements('y', [5], () => infinity, { relative: 1e-5 }).ok).toBe(false);
    expect(compareElements('y', [infinity], () => 5, { relative: 1e-5, absolute: 1 }).ok).toBe(false);
    expect(compareElements('y', [infinity], () => infinity).ok).toBe(true);
  });

  it('fails where there was nothing to compare', () => {
    expect(compareElements('y', [], () => 0).ok).toBe(false);
  });
});

describe('allOf()', () => {
  it('holds only if every part does, and keeps the first difference', () => {
    const good = compareElements('a', [1], () => 1);
    const bad = compareElements('b', [1, 2], () => 1);
    expect(allOf(good, good)).toEqual({ ok: true, checked: 2 });
    expect(allOf(good, bad)).toMatchObject({
      ok: false,
      checked: 3,
      mismatches: 1,
      first: { what: 'b', index: 1 },
    });
    expect(allOf().ok).toBe(false);
  });

  it('does not hold where a part of plain JavaScript does not say what differs', () => {
    expect(allOf({ ok: false, checked: 1 } as Verification, { ok: true, checked: 1 }).ok).toBe(false);
  });
});

describe('isVerification()', () => {
  const first = { what: 'y', index: 3, actual: 1, expected: Number.NaN };

  it('takes what comparisons give', () => {
    for (const good of [{ ok: true, checked: 0 }, allOf(), { ok: false, checked: 9, mismatches: 1, first }])
      expect(isVerification(good)).toBe(true);
  });

  it.each([
    undefined,
    true,
    Promise.resolve({ ok: true, checked: 1 }),
    { ok: 1, checked: 1 },
    { ok: true },
    { ok: true, checked: Number.NaN },
    { ok: true, checked: 'all' },
    { ok: true, checked: -1 },
    { ok: false, checked: 1 },
    { ok: false, checked: 1, mismatches: 1, first: { what: 'y' } },
    { ok: false, checked: 1, first },
  ])('refuses %j', (bad) => expect(isVerification(bad)).toBe(false));
});
