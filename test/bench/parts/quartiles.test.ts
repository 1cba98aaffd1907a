// Medians and quartiles of a handful of values, against values worked out by hand.
import { describe, expect, it } from 'vitest';
import { quartiles, ratioOf } from '../../../bench/parts/quartiles.ts';
import { quantileOfSorted } from '../../../src/index.ts';

describe('quantileOfSorted()', () => {
  it('lies between neighbours in proportion', () => {
    expect(quantileOfSorted(Float64Array.of(10, 20, 40), 0.75)).toBe(30);
    expect(quantileOfSorted(Float64Array.of(7), 0.95)).toBe(7);
  });
});

describe('quartiles()', () => {
  it('sorts by size and not by text', () => {
    expect(quartiles([100, 9, 20, 3, 1000])).toEqual({ value: 20, low: 9, high: 100 });
  });
});

describe('ratioOf()', () => {
  it('bounds the ratio by the quartiles that are worst for it', () => {
    const above = { value: 20, low: 10, high: 40 };
    const below = { value: 10, low: 5, high: 20 };
    expect(ratioOf(above, below)).toEqual({ available: true, value: { value: 2, low: 0.5, high: 8 } });
  });

  it('is not known where the clock saw nothing', () => {
    const nothing = { value: 0, low: 0, high: 0 };
    expect(ratioOf({ value: 1, low: 1, high: 1 }, nothing)).toMatchObject({ available: false });
  });
});
