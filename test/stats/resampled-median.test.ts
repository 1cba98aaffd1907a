// The exact distributions were counted over all nⁿ resamples with Python.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { median } from '../../src/stats/quantile.ts';
import { drawResampledMedian } from '../../src/stats/resampled-median.ts';

const DRAWS = 200_000;

function frequencies(sorted: Float64Array): Map<number, number> {
  const random = seededRandom(5);
  const counts = new Map<number, number>();
  for (let i = 0; i < DRAWS; i++) {
    const drawn = drawResampledMedian(sorted, random);
    counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
  }
  return new Map([...counts].map(([value, count]) => [value, count / DRAWS]));
}

describe('drawResampledMedian()', () => {
  it('has the exact distribution of a resample of five', () => {
    const seen = frequencies(Float64Array.of(1, 2, 3, 4, 5));
    const exact = { 1: 0.05792, 2: 0.25952, 3: 0.36512, 4: 0.25952, 5: 0.05792 };
    for (const [value, probability] of Object.entries(exact))
      expect(seen.get(Number(value))).toBeCloseTo(probability, 2);
    expect(seen.size).toBe(5);
  });

  it('has the exact distribution of a resample of four, where two values share the middle', () => {
    const seen = frequencies(Float64Array.of(1, 2, 3, 4));
    const exact = {
      1: 0.05078,
      1.5: 0.11719,
      2: 0.21484,
      2.5: 0.23438,
      3: 0.21484,
      3.5: 0.11719,
      4: 0.05078,
    };
    for (const [value, probability] of Object.entries(exact))
      expect(seen.get(Number(value))).toBeCloseTo(probability, 2);
  });

  it.each([200, 201])('spreads like medians of %i values drawn one by one', (n) => {
    const random = seededRandom(6);
    const sorted = Float64Array.from({ length: n }, () => random() ** 2).sort();
    const spread = (draw: () => number): number[] => {
      const medians = Float64Array.from({ length: 4000 }, draw).sort();
      return [0.025, 0.5, 0.975].map((p) => medians[Math.floor(p * medians.length)] as number);
    };
    const direct = spread(() => drawResampledMedian(sorted, random));
    const slow = spread(() =>
      median(Float64Array.from(sorted, () => sorted[Math.floor(random() * n)] as number)),
    );
    direct.forEach((value, i) => {
      expect(value).toBeCloseTo(slow[i] as number, 1);
      expect(Math.abs(value / (slow[i] as number) - 1)).toBeLessThan(0.06);
    });
  });

  it('is the only value of a single sample', () => {
    expect(drawResampledMedian(Float64Array.of(42), seededRandom(1))).toBe(42);
  });
});
