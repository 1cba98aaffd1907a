// Reference values: Python's statistics module, method="inclusive" (which is type 7).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  median,
  medianAbsoluteDeviation,
  quantile,
  quantileOfSorted,
  sortedCopy,
} from '../../src/stats/quantile.ts';

const TIMES = [12.1, 9.7, 15.3, 11.0, 10.2, 48.0, 10.9, 11.4, 9.9, 12.8, 10.5];
const samples = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 50 });

describe('quantile()', () => {
  it.each([
    [0.05, 9.8],
    [0.25, 10.35],
    [0.5, 11.0],
    [0.75, 12.45],
    [0.9, 15.3],
    [0.99, 44.73],
  ])('interpolates as type 7 does at p = %f', (p, expected) => {
    expect(quantile(TIMES, p)).toBeCloseTo(expected, 12);
  });

  it('is the only value of a single sample at every p', () => {
    expect([0, 0.3, 1].map((p) => quantile([7], p))).toEqual([7, 7, 7]);
  });

  it('is NaN where there are no values', () => {
    expect(quantile([], 0.5)).toBeNaN();
  });

  it('runs from the minimum to the maximum and never falls', () => {
    fc.assert(
      fc.property(
        samples,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, p, q) => {
          const sorted = sortedCopy(values);
          // Of -0 and 0 either may come first.
          expect(quantileOfSorted(sorted, 0) === Math.min(...sorted)).toBe(true);
          expect(quantileOfSorted(sorted, 1) === Math.max(...sorted)).toBe(true);
          const [low, high] = [
            quantileOfSorted(sorted, Math.min(p, q)),
            quantileOfSorted(sorted, Math.max(p, q)),
          ];
          // Interpolation rounds once.
          expect(low).toBeLessThanOrEqual(high + Math.abs(high) * 1e-12 + 1e-6);
        },
      ),
    );
  });

  it('leaves its input in the order it came', () => {
    const values = [3, 1, 2];
    quantile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('median()', () => {
  it('is the middle value, or the mean of the two in the middle', () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([5, 1, 3, 4])).toBe(3.5);
  });

  it('sorts by value and not by text', () => {
    expect(median([9, 10, 100])).toBe(10);
  });
});

describe('medianAbsoluteDeviation()', () => {
  it('is the median of the distances to the median, unscaled', () => {
    expect(medianAbsoluteDeviation(TIMES)).toBeCloseTo(1.1, 12);
  });

  it('does not change when one value goes astray', () => {
    expect(medianAbsoluteDeviation([...TIMES.filter((time) => time !== 48), 1e9])).toBeCloseTo(1.1, 12);
  });
});
