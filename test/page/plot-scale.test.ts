import { describe, expect, it } from 'vitest';
import { extent, fittingScale, linearScale, logScale } from '../../src/page/plot-scale.ts';

describe('linearScale()', () => {
  it('places values in percent and labels round ones', () => {
    const scale = linearScale(0, 9.3);
    expect(scale.at(4.65)).toBe(50);
    expect([scale.at(-1), scale.at(20), scale.at(Number.NaN)]).toEqual([0, 100, 0]);
    expect(scale.ticks.map(({ value }) => value)).toEqual([0, 2, 4, 6, 8]);
  });

  it('has a length also where all values are the same', () => {
    expect(linearScale(5, 5).at(7.5)).toBe(50);
    expect(linearScale(0, 0).ticks.length).toBeGreaterThan(1);
  });
});

describe('logScale()', () => {
  it('makes equal ratios equally long', () => {
    const scale = logScale(1, 1e6);
    expect(scale.at(1e3)).toBeCloseTo(50);
    expect(scale.ticks.map(({ value }) => value)).toEqual([1, 10, 100, 1e3, 1e4, 1e5, 1e6]);
    expect(scale.at(0)).toBe(0);
  });

  it('labels at least two places of a short axis', () => {
    for (const high of [1.9, 3, 8, 90]) expect(logScale(1.1, high).ticks.length).toBeGreaterThanOrEqual(2);
  });

  it('does not label every decade of a long one', () => {
    expect(logScale(1e-9, 1e15).ticks.length).toBeLessThan(12);
  });
});

describe('fittingScale()', () => {
  it('is logarithmic where positive values differ much', () => {
    expect(fittingScale([1, 100]).isLog).toBe(true);
    expect(fittingScale([50, 100]).isLog).toBe(false);
    expect(fittingScale([0, 100]).isLog).toBe(false);
    expect(fittingScale([-1, 100]).at(-1)).toBeGreaterThan(0);
  });
});

describe('extent()', () => {
  it('is of all values, and something where there are none', () => {
    expect(extent([3, -1, 2])).toEqual([-1, 3]);
    expect(extent([])).toEqual([0, 1]);
  });
});
