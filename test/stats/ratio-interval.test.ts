import { describe, expect, it } from 'vitest';
import { around, ratioInterval } from '../../src/stats/ratio-interval.ts';

/** 0, 1, …, count − 1, from `from` on. */
const range = (count: number, from: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => from + i);

describe('ratioInterval()', () => {
  it('is the quotient of the values, between quantiles of the quotients of draws', () => {
    const constant = new Float64Array(101).fill(2);
    const { value, low, high } = ratioInterval(constant, range(101, 100), 2, 150, 0.9);
    expect(value).toBe(75);
    expect(low).toBeCloseTo(105 / 2, 12);
    expect(high).toBeCloseTo(195 / 2, 12);
  });

  it('is the inverse for exchanged sides', () => {
    const [a, b] = [range(101, 500), range(101, 700)];
    const there = ratioInterval(a, b, 550, 750);
    const back = ratioInterval(b, a, 750, 550);
    expect(back.value).toBeCloseTo(1 / there.value, 12);
    expect(back.low).toBeCloseTo(1 / there.high, 3);
    expect(back.high).toBeCloseTo(1 / there.low, 3);
  });

  it('leaves the draws as they are', () => {
    const a = Float64Array.of(3, 1, 2);
    ratioInterval(a, a, 2, 2);
    expect([...a]).toEqual([3, 1, 2]);
  });

  it('is not a number over a baseline of 0', () => {
    const zero = new Float64Array(3);
    expect(ratioInterval(zero, range(3, 1), 0, 2)).toEqual({
      value: Number.NaN,
      low: Number.NaN,
      high: Number.NaN,
    });
  });
});

describe('around()', () => {
  it('holds its value even where the draws do not', () => {
    expect(around(5, Float64Array.of(1, 2, 3), 0.95).high).toBe(5);
    expect(around(0, Float64Array.of(1, 2, 3), 0.95).low).toBe(0);
  });
});
