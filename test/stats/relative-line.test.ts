import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relativeLine, relativeResidual } from '../../src/stats/relative-line.ts';

describe('relativeLine()', () => {
  it('finds the line on which all points lie', () => {
    const coefficient = fc.double({ min: 0.01, max: 1e6, noNaN: true });
    const xs = fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 30 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(coefficient, coefficient, xs, (intercept, slope, drawn) => {
        const points = drawn.map((x) => ({ x, y: intercept + slope * x }));
        const line = relativeLine(points);
        for (const { x, y } of points)
          expect((line?.intercept ?? 0) + (line?.slope ?? 0) * x).toBeCloseTo(y, -Math.log10(y * 1e-6));
      }),
      { numRuns: 200 },
    );
  });

  it('weighs relative errors: what is 10 % off counts the same at every size', () => {
    const at = (error: number, index: number) =>
      [1, 10, 100, 1000].map((x, i) => ({ x, y: (5 + x) * (i === index ? 1 + error : 1) }));
    const line = relativeLine(at(0.1, 0));
    const heavy = relativeLine(at(0.1, 3));
    expect(line?.slope).toBeCloseTo(1, 1);
    expect(heavy?.intercept).toBeCloseTo(5, 0);
    // The derivative of the sum of squared relative residuals is 0 at its minimum.
    for (const points of [at(0.1, 0), at(0.1, 3)]) {
      const { intercept, slope } = relativeLine(points) as { intercept: number; slope: number };
      const sum = (a: number, b: number): number =>
        points.reduce((total, { x, y }) => total + ((a + b * x) / y - 1) ** 2, 0);
      const least = sum(intercept, slope);
      for (const [da, db] of [
        [0.01, 0],
        [-0.01, 0],
        [0, 0.001],
        [0, -0.001],
      ] as const)
        expect(sum(intercept + da, slope + db)).toBeGreaterThan(least);
    }
  });

  it('needs two different sizes', () => {
    expect(relativeLine([{ x: 1, y: 2 }])).toBe(null);
    expect(
      relativeLine([
        { x: 1, y: 2 },
        { x: 1, y: 3 },
      ]),
    ).toBe(null);
    expect(relativeLine([])).toBe(null);
  });
});

describe('relativeResidual()', () => {
  it('is the root mean square over the degrees of freedom that are left', () => {
    const points = [1, 2, 3, 4].map((x) => ({ x, y: x }));
    expect(relativeResidual({ intercept: 0, slope: 1.1 }, points)).toBeCloseTo(Math.sqrt((4 * 0.01) / 2), 12);
    expect(relativeResidual({ intercept: 0, slope: 1 }, points.slice(0, 2))).toBeNaN();
  });
});
