import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { theilSen } from '../../src/stats/theil-sen.ts';

const line = (n: number, slope: number, error: (i: number) => number) =>
  Array.from({ length: n }, (_, i) => ({ x: i, y: 7 + slope * i + error(i) }));

describe('theilSen()', () => {
  it('finds the slope of a line exactly, whatever a fifth of the points do', () => {
    expect(theilSen(line(20, 0.5, () => 0))).toEqual({ slope: 0.5, low: 0.5, high: 0.5 });
    const found = theilSen(line(60, 0.5, (i) => (i % 5 === 0 ? 1000 : 0)));
    expect(found?.slope).toBeCloseTo(0.5, 9);
  });

  it('is null below three points', () => {
    expect(theilSen(line(2, 1, () => 0))).toBeNull();
  });

  it('takes the slopes at the ranks that the distribution of tau gives', () => {
    const ys = [3.1, 4.7, 3.9, 6.2, 5.3, 8.8, 6.1, 9.4, 9.1, 12.6];
    const slopes = ys.flatMap((later, j) => ys.slice(0, j).map((earlier, i) => (later - earlier) / (j - i)));
    slopes.sort((a, b) => a - b);
    // 45 slopes; 1.96 × √(10 × 9 × 25 / 18) = 21.9, so the 11th from either end.
    const found = theilSen(ys.map((y, x) => ({ x, y })));
    expect(found?.slope).toBeCloseTo(slopes[22] as number, 12);
    expect(found?.low).toBeCloseTo(slopes[10] as number, 12);
    expect(found?.high).toBeCloseTo(slopes[34] as number, 12);
  });

  it('covers the true slope of noisy points about as often as it promises', () => {
    const random = seededRandom(3);
    let covered = 0;
    for (let trial = 0; trial < 500; trial++) {
      const found = theilSen(line(30, 0.1, () => -Math.log(1 - random())));
      if (found !== null && found.low <= 0.1 && found.high >= 0.1) covered++;
    }
    expect(covered / 500).toBeGreaterThan(0.92);
    expect(covered / 500).toBeLessThan(0.98);
  });
});
