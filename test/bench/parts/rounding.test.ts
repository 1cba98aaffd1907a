// Comparing values within a bound each.
import { describe, expect, it } from 'vitest';
import { compareWithin } from '../../../bench/parts/rounding.ts';

const compare = (actual: number[]): ReturnType<typeof compareWithin> =>
  compareWithin(
    'y',
    actual,
    (i) => 10 * i,
    (i) => i,
  );

describe('compareWithin()', () => {
  it('accepts what is as near as its own bound allows', () => {
    expect(compare([0, 11, 18])).toEqual({ ok: true, checked: 3 });
  });

  it('tells the first that is not', () => {
    const first = { what: 'y', index: 1, actual: 11.5, expected: 10 };
    expect(compare([0, 11.5, 23])).toEqual({ ok: false, checked: 3, mismatches: 2, first });
  });

  it('takes NaN and nothing at all for wrong', () => {
    expect(compare([0, Number.NaN]).ok).toBe(false);
    expect(compare([]).ok).toBe(false);
  });
});
