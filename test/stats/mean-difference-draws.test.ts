// Resampled differences of means: centred, as wide as theory says, together where they were drawn together.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { meanDifferenceDraws, meanOfKnown } from '../../src/stats/mean-difference-draws.ts';
import { quantileOfSorted } from '../../src/stats/quantile.ts';

const HOW = { seed: 3, resamples: 2000 };

/** Numbers of standard deviation 1, as sums of twelve uniform ones. */
function normal(count: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: count }, () =>
    Array.from({ length: 12 }, random).reduce((a, b) => a + b, -6),
  );
}

describe('meanDifferenceDraws()', () => {
  it('is as wide as the standard error of the difference of two means', () => {
    const [one, other] = [normal(40, 1), normal(40, 2)];
    const [draws] = meanDifferenceDraws([one], [other], HOW);
    const widthOf = (values: Float64Array): number =>
      values.reduce((sum, value) => sum + (value - meanOfKnown(values)) ** 2, 0) / 39 / 40;
    const expected = 1.96 * Math.sqrt(widthOf(one) + widthOf(other));
    expect(quantileOfSorted(draws as Float64Array, 0.975) / expected).toBeCloseTo(1, 0);
    expect(Math.abs(quantileOfSorted(draws as Float64Array, 0.5))).toBeLessThan(0.2 * expected);
  });

  it('draws the columns of a run together', () => {
    const values = normal(5, 1);
    const opposite = values.map((value) => -value);
    const [one, other, sum] = meanDifferenceDraws(
      [values, opposite, values.map((value, i) => value + (opposite[i] as number))],
      [values, opposite, new Float64Array(5)],
      HOW,
    ) as [Float64Array, Float64Array, Float64Array];
    expect(Math.max(...sum.map(Math.abs))).toBeLessThan(1e-12);
    expect(one[0]).toBeCloseTo(-(other.at(-1) as number), 12);
  });

  it('knows nothing of the spread of one run, and skips values that are missing', () => {
    const [draws] = meanDifferenceDraws([Float64Array.of(5)], [Float64Array.of(9)], HOW);
    expect(new Set(draws)).toEqual(new Set([0]));
    expect(meanOfKnown(Float64Array.of(1, Number.NaN, 3))).toBe(2);
    const [holes] = meanDifferenceDraws([Float64Array.of(1, Number.NaN)], [Float64Array.of(2, 2)], HOW);
    expect(new Set(holes)).toEqual(new Set([0]));
  });

  it('draws less often where there are many runs', () => {
    const many = normal(300, 1);
    expect(meanDifferenceDraws([many, many, many], [many, many, many], HOW)[0]).toHaveLength(200);
  });
});
