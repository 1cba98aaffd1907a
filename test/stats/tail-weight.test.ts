import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../src/base/random.ts';
import { randomGamma, randomNormal } from '../../src/stats/random-gamma.ts';
import { degreesOfRatio, tailRatio } from '../../src/stats/tail-weight.ts';

const student = (degrees: number, random: Random): number =>
  randomNormal(random) / Math.sqrt(randomGamma(degrees / 2, random) / (degrees / 2));

describe('degreesOfRatio()', () => {
  // Of t(5): q(0.975) / q(0.75) = 2.570582 / 0.7266868; R's qt.
  it('gives the degrees of freedom back whose quantiles have the ratio', () => {
    expect(degreesOfRatio(2.570582 / 0.7266868, 0.95)).toBeCloseTo(5, 3);
    // Of t(3): q(0.9) / q(0.75) = 1.637744 / 0.7648923.
    expect(degreesOfRatio(1.637744 / 0.7648923, 0.8)).toBeCloseTo(3, 3);
  });

  it('takes a normal distribution and lighter tails for 100, and the heaviest for 2', () => {
    expect([1.96 / 0.6745, 1, Number.NaN].map((ratio) => degreesOfRatio(ratio, 0.95))).toEqual([
      100, 100, 100,
    ]);
    expect(degreesOfRatio(50, 0.95)).toBe(2);
  });
});

describe('tailRatio()', () => {
  it.each([3, 5])('of values from t(%i) leads back to it', (degrees) => {
    const random = seededRandom(degrees);
    const distances = Array.from({ length: 40_000 }, () => Math.abs(student(degrees, random)));
    const found = degreesOfRatio(tailRatio(distances, 0.95), 0.95);
    expect(Math.abs(found - degrees)).toBeLessThan(0.1 * degrees);
  });
});
