// Ranks and coverages: sums of binomial probabilities, computed exactly with Python fractions.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { medianInterval } from '../../src/stats/order-statistic-interval.ts';
import { sortedCopy } from '../../src/stats/quantile.ts';
import { quantileInterval } from '../../src/stats/quantile-interval.ts';

const upTo = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i + 1);

describe('quantileInterval()', () => {
  it.each([
    [20, 0.05, 1, 4, 0.6256125515716942],
    [100, 0.95, 90, 100, 0.9826070607121813],
    [100, 0.99, 97, 100, 0.6155936222821209],
    [500, 0.99, 490, 500, 0.9801859498578059],
    [1000, 0.05, 37, 65, 0.9580952682226541],
  ])('takes of %i samples at p = %d those at ranks %i and %i', (n, p, low, high, coverage) => {
    const interval = quantileInterval(upTo(n), p);
    expect(interval).toMatchObject({ low, high });
    expect(interval.coverage).toBeCloseTo(coverage, 10);
  });

  it('is the interval of the median where that is asked for', () => {
    for (const n of [6, 25, 100, 1001]) {
      const { low, high, coverage } = quantileInterval(upTo(n), 0.5);
      const median = medianInterval(upTo(n));
      expect([low, high]).toEqual([median?.low, median?.high]);
      expect(coverage).toBeCloseTo(median?.coverage ?? 0, 9);
    }
  });

  it('says how little it covers where no sample is far enough out', () => {
    const { high, coverage } = quantileInterval(upTo(100), 0.99);
    expect(high).toBe(100);
    // The largest of 100 lies below the 99 % quantile with 0.99^100.
    expect(coverage).toBeLessThanOrEqual(1 - 0.99 ** 100);
    expect(coverage).toBeGreaterThan(0.6);
  });

  it('holds for many samples, where the first probabilities are below what a number can hold', () => {
    const { low, value, high, coverage } = quantileInterval(upTo(200_000), 0.95);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
    // 1.96 × √(n p (1 − p)) = 191
    expect((high - low) / 2).toBeCloseTo(191, -1);
    expect(coverage).toBeCloseTo(0.95, 2);
  });

  it('contains its quantile', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (samples, p) => {
        const { low, value, high } = quantileInterval(sortedCopy(samples), p);
        expect(low).toBeLessThanOrEqual(value);
        expect(value).toBeLessThanOrEqual(high);
      }),
    );
  });

  it('covers the true quantile of a skewed distribution as often as it promises', () => {
    const random = seededRandom(7);
    const truth = -Math.log(0.05);
    const trials = 2000;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const sorted = sortedCopy(Array.from({ length: 200 }, () => -Math.log(1 - random())));
      const { low, high } = quantileInterval(sorted, 0.95);
      if (low <= truth && truth <= high) covered++;
    }
    const { coverage } = quantileInterval(upTo(200), 0.95);
    expect(Math.abs(covered / trials - coverage)).toBeLessThan(0.02);
  });
});
