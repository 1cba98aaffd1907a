import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { randomGamma, randomNormal } from '../../src/stats/random-gamma.ts';

function moments(draw: () => number): { mean: number; variance: number; skewness: number } {
  const values = Array.from({ length: 100_000 }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const central = (power: number): number =>
    values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
  return { mean, variance: central(2), skewness: central(3) / central(2) ** 1.5 };
}

describe('randomNormal()', () => {
  it('draws with mean 0, variance 1 and no skew', () => {
    const random = seededRandom(3);
    const { mean, variance, skewness } = moments(() => randomNormal(random));
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
    expect(skewness).toBeCloseTo(0, 1);
  });
});

describe('randomGamma()', () => {
  it.each([1, 2.5, 40])('draws with mean and variance %f and the skew of that shape', (shape) => {
    const random = seededRandom(4);
    const { mean, variance, skewness } = moments(() => randomGamma(shape, random));
    expect(mean / shape).toBeCloseTo(1, 1);
    expect(variance / shape).toBeCloseTo(1, 1);
    expect(skewness / (2 / Math.sqrt(shape))).toBeGreaterThan(0.85);
    expect(skewness / (2 / Math.sqrt(shape))).toBeLessThan(1.15);
  });
});
