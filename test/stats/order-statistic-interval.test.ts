// Ranks and coverages: sums of binomial coefficients, computed exactly with Python integers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { medianInterval } from '../../src/stats/order-statistic-interval.ts';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe('medianInterval()', () => {
  it.each([
    [6, 1, 0.96875],
    [10, 2, 0.978515625],
    [20, 6, 0.9586105346679688],
    [25, 8, 0.9567147493362427],
    [100, 40, 0.9647997997822952],
    [1000, 469, 0.9537088026395019],
  ])('takes of %i samples the order statistics at rank %i from either end', (n, rank, coverage) => {
    const interval = medianInterval(upTo(n));
    expect(interval).toMatchObject({ low: rank, high: n + 1 - rank, median: (n + 1) / 2 });
    expect(interval?.coverage).toBeCloseTo(coverage, 10);
  });

  it.each([0, 1, 5])('is null for %i samples, which cannot cover the median 95 times in 100', (n) => {
    expect(medianInterval(upTo(n))).toBeNull();
  });

  it('takes less than 95 % where less is asked for', () => {
    expect(medianInterval(upTo(5), 0.9)).toMatchObject({ low: 1, high: 5, coverage: 0.9375 });
  });

  it('contains the median and promises at least what was asked for', () => {
    const samples = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 6, maxLength: 300 });
    fc.assert(
      fc.property(samples, fc.double({ min: 0.5, max: 0.96, noNaN: true }), (values, confidence) => {
        const { low, median, high, coverage } = medianInterval(values, confidence) as NonNullable<
          ReturnType<typeof medianInterval>
        >;
        expect(low).toBeLessThanOrEqual(median);
        expect(median).toBeLessThanOrEqual(high);
        expect(coverage).toBeGreaterThanOrEqual(confidence - 1e-9);
      }),
    );
  });

  it('covers the true median of a skewed distribution as often as it promises', () => {
    const random = seededRandom(20);
    const trials = 4000;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      // Exponential: the true median is ln 2.
      const interval = medianInterval(Array.from({ length: 20 }, () => -Math.log(1 - random())));
      if (interval !== null && interval.low <= Math.LN2 && Math.LN2 <= interval.high) covered++;
    }
    // Exactly 95.86 %; the standard error is 0.3 %.
    expect(covered / trials).toBeGreaterThan(0.945);
    expect(covered / trials).toBeLessThan(0.972);
  });
});
