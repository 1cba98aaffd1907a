import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { halfSpreads } from '../../src/stats/half-spread.ts';
import { sortedCopy } from '../../src/stats/quantile.ts';
import { randomNormal } from '../../src/stats/random-gamma.ts';

const random = seededRandom(3);
const normal = Array.from({ length: 4000 }, () => randomNormal(random));

describe('halfSpreads()', () => {
  it('gives the standard deviation of a normal distribution on both sides', () => {
    const { center, below, above, kept } = halfSpreads(sortedCopy(normal), 0);
    expect(Math.abs(center)).toBeLessThan(0.05);
    expect(below).toBeCloseTo(1, 1);
    expect(above).toBeCloseTo(1, 1);
    expect(kept).toBeGreaterThan(3990);
  });

  it('is not moved by a fifth of the values that lie far on one side', () => {
    const slow = Array.from({ length: 1000 }, () => 8 + randomNormal(random));
    const { center, above, kept } = halfSpreads(sortedCopy([...normal, ...slow]), 0);
    expect(Math.abs(center)).toBeLessThan(0.1);
    expect(above).toBeLessThan(1.15);
    expect(kept).toBeLessThan(4050);
  });

  it('tells a side that reaches further from one that does not', () => {
    const skewed = normal.map((value) => Math.exp(value / 2));
    const { below, above } = halfSpreads(sortedCopy(skewed), 0);
    expect(above / below).toBeGreaterThan(1.2);
  });

  it('takes a third of the values that lies far on one side for a part of them', () => {
    const others = Array.from({ length: 2000 }, () => 8 + randomNormal(random));
    const { above, kept } = halfSpreads(sortedCopy([...normal, ...others]), 0);
    expect(kept).toBe(6000);
    expect(above).toBeGreaterThan(5);
  });

  it('gives values that are all equal the least spread', () => {
    const spreads = halfSpreads(sortedCopy([5, 5, 5, 5, 5, 9]), 0.01);
    expect(spreads).toEqual({ center: 5, below: 0.01, above: 0.01, kept: 5 });
  });
});
