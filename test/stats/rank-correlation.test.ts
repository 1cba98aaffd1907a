import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { rankCorrelation } from '../../src/stats/rank-correlation.ts';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe('rankCorrelation()', () => {
  it('is 1 or -1 for whatever only rises or only falls', () => {
    const xs = upTo(50);
    expect(
      rankCorrelation(
        xs,
        xs.map((x) => Math.exp(x / 5)),
      )?.value,
    ).toBeCloseTo(1, 9);
    expect(
      rankCorrelation(
        xs,
        xs.map((x) => -(x ** 3)),
      )?.value,
    ).toBeCloseTo(-1, 9);
  });

  // By hand: ranks 1 to 10 against 1 3 2 5 4 7 6 9 8 10, so that 1 - 6 Σd² / (n (n² - 1)) = 1 - 48 / 990.
  it('is what the formula of squared differences gives where no values are equal', () => {
    const ys = [1, 3, 2, 5, 4, 7, 6, 9, 8, 10];
    expect(rankCorrelation(upTo(10), ys)?.value).toBeCloseTo(1 - (6 * 8) / 990, 9);
  });

  it('gives equal values the mean of their ranks', () => {
    const xs = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
    expect(rankCorrelation(xs, [3, 3, 3, 3, 3, 9, 9, 9, 9, 9])?.value).toBeCloseTo(1, 9);
    expect(rankCorrelation(xs, [1, 2, 1, 2, 1, 1, 2, 1, 2, 1])?.value).toBeCloseTo(0, 9);
  });

  it('has an interval that holds 0 for independent values about 19 times in 20', () => {
    const random = seededRandom(11);
    let held = 0;
    for (let trial = 0; trial < 400; trial++) {
      const found = rankCorrelation(upTo(40), Array.from({ length: 40 }, random));
      if (found !== null && found.low <= 0 && found.high >= 0) held++;
    }
    expect(held / 400).toBeGreaterThan(0.91);
    expect(held / 400).toBeLessThan(0.985);
  });

  it('is null where one of the two never varies, or there are few', () => {
    expect(rankCorrelation(upTo(20), Array(20).fill(4))).toBeNull();
    expect(rankCorrelation(upTo(9), upTo(9))).toBeNull();
  });
});
