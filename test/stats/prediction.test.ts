import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { predictionOf } from '../../src/stats/prediction.ts';
import { randomNormal } from '../../src/stats/random-gamma.ts';

const FLOOR = { noiseFloor: 0.01 };

describe('predictionOf()', () => {
  it('gives mean ± t · s · √(1 + 1/n) of the logarithms', () => {
    // n = 4, s = 0.01 · √(10/3), t(0.975; 3) = 3.1824 (tables).
    const before = [1, 2, -1, -2].map((step) => Math.exp(0.01 * step));
    const { ratio } = predictionOf(before, 1.1, FLOOR);
    const half = 3.1824 * 0.01 * Math.sqrt(10 / 3) * Math.sqrt(1.25);
    expect(ratio.value).toBeCloseTo(1.1, 12);
    expect(Math.log(ratio.high / ratio.value)).toBeCloseTo(half, 5);
    expect(Math.log(ratio.value / ratio.low)).toBeCloseTo(half, 5);
  });

  it('holds 95 % of new values, and p is small for 5 % of them without a noise floor', () => {
    const random = seededRandom(3);
    const draw = (): number => Math.exp(0.02 * randomNormal(random));
    const rounds = 4000;
    let [held, small] = [0, 0];
    for (let i = 0; i < rounds; i++) {
      const { ratio, p } = predictionOf(Array.from({ length: 5 }, draw), draw(), { noiseFloor: 0 });
      if (ratio.low <= 1 && ratio.high >= 1) held++;
      if (p <= 0.05) small++;
    }
    expect(held / rounds).toBeGreaterThan(0.94);
    expect(held / rounds).toBeLessThan(0.96);
    expect(small).toBe(rounds - held);
  });

  it('judges by the order alone where no value differs from another', () => {
    expect(predictionOf([5, 5, 5], 5, FLOOR)).toEqual({ ratio: { value: 1, low: 1, high: 1 }, p: 1 });
    expect(predictionOf([5, 5, 5], 6, FLOOR).p).toBe(0.5);
    expect(predictionOf(Array<number>(99).fill(5), 6, FLOOR).p).toBe(0.02);
  });
});
