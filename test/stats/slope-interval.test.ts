import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slopeInterval } from '../../src/stats/slope-interval.ts';

describe('slopeInterval()', () => {
  it('is the slope of two exact points, and widens by both bounds over the distance', () => {
    const exact = [
      { x: 0, y: 1, bound: 0 },
      { x: 10, y: 21, bound: 0 },
    ];
    expect(slopeInterval(exact)).toEqual({ low: 2, high: 2 });
    const wide = slopeInterval(exact.map((point, index) => ({ ...point, bound: index + 1 })));
    expect(wide?.low).toBeCloseTo(1.7);
    expect(wide?.high).toBeCloseTo(2.3);
  });

  it('is nothing where no line passes, and everything where one point is', () => {
    const step = [0, 0, 50, 50].map((y, x) => ({ x, y, bound: 1 }));
    expect(slopeInterval(step)).toBeNull();
    expect(slopeInterval([{ x: 1, y: 1, bound: 1 }])).toEqual({
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
    });
  });

  it('contains the slope of every line that the bounds contain', () => {
    const points = fc.array(
      fc.record({
        x: fc.integer({ min: 0, max: 1000 }),
        bound: fc.double({ min: 0.1, max: 10, noNaN: true }),
        // Not on the bounds themselves, where rounding decides.
        error: fc.double({ min: -0.999_999, max: 0.999_999, noNaN: true }),
      }),
      { minLength: 2, maxLength: 12 },
    );
    fc.assert(
      fc.property(points, fc.double({ min: -5, max: 5, noNaN: true }), (drawn, slope) => {
        const measured = drawn.map(({ x, bound, error }) => ({ x, y: 7 + slope * x + error * bound, bound }));
        const interval = slopeInterval(measured);
        expect(interval?.low).toBeLessThanOrEqual(slope + 1e-9);
        expect(interval?.high).toBeGreaterThanOrEqual(slope - 1e-9);
      }),
    );
  });

  it('has ends at which a line still passes, and beyond which none does', () => {
    const points = [0, 1, 2, 3].map((x) => ({ x, y: x * x, bound: 3 }));
    const { low, high } = slopeInterval(points) as { low: number; high: number };
    const passes = (slope: number): boolean => {
      const lows = points.map(({ x, y, bound }) => y - bound - slope * x);
      const highs = points.map(({ x, y, bound }) => y + bound - slope * x);
      return Math.max(...lows) <= Math.min(...highs) + 1e-12;
    };
    expect([passes(low), passes(high), passes(low - 1e-6), passes(high + 1e-6)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
