// Fences: computed from Python's statistics.quantiles(method="inclusive").
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyOutlier, countOutliers, tukeyFences } from '../../src/stats/outlier.ts';

const TIMES = [12.1, 9.7, 15.3, 11.0, 10.2, 48.0, 10.9, 11.4, 9.9, 12.8, 10.5];

describe('tukeyFences()', () => {
  it('lie 1.5 and 3 quartile distances outside the quartiles', () => {
    const fences = tukeyFences(TIMES);
    expect(fences.mildLow).toBeCloseTo(7.2, 12);
    expect(fences.mildHigh).toBeCloseTo(15.6, 12);
    expect(fences.severeLow).toBeCloseTo(4.05, 12);
    expect(fences.severeHigh).toBeCloseTo(18.75, 12);
  });
});

describe('classifyOutlier()', () => {
  const fences = { severeLow: 0, mildLow: 1, mildHigh: 9, severeHigh: 10 };

  it.each([
    [-1, 'severe'],
    [0, 'mild'],
    [0.5, 'mild'],
    [1, 'none'],
    [5, 'none'],
    [9, 'none'],
    [9.5, 'mild'],
    [10, 'mild'],
    [11, 'severe'],
  ] as const)('calls %f %s, a value on a fence being inside it', (value, expected) => {
    expect(classifyOutlier(value, fences)).toBe(expected);
  });
});

describe('countOutliers()', () => {
  it('finds the one time that went astray', () => {
    expect(countOutliers(TIMES)).toEqual({ mild: 0, severe: 1 });
  });

  it('finds none where all values are equal or there are none', () => {
    expect(countOutliers([2, 2, 2, 2])).toEqual({ mild: 0, severe: 0 });
    expect(countOutliers([])).toEqual({ mild: 0, severe: 0 });
  });

  it('never calls more than half of the samples outliers', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1 }), (values) => {
        const { mild, severe } = countOutliers(values);
        expect(mild + severe).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });
});
