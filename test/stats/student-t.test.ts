// References: quantiles of the tables in Abramowitz and Stegun, 26.10, and exact forms for 1, 2 and infinitely many degrees.
import { describe, expect, it } from 'vitest';
import { studentUpperTail } from '../../src/stats/student-t.ts';

const relative = (actual: number, expected: number): number => Math.abs(actual / expected - 1);

describe('studentUpperTail()', () => {
  it.each([
    [12.706, 1, 0.025],
    [2.776, 4, 0.025],
    [2.228, 10, 0.025],
    [1.98, 120, 0.025],
    [8.61, 4, 0.0005],
    [63.657, 1, 0.005],
  ])('is the tabulated one for t %f and %i degrees', (t, degrees, tail) => {
    expect(relative(studentUpperTail(t, degrees), tail)).toBeLessThan(2e-3);
  });

  it('is the arc tangent for one degree and algebraic for two, far into the tail', () => {
    for (const t of [1e-9, 0.1, 1, 3, 50, 1e6]) {
      expect(relative(studentUpperTail(t, 1), Math.atan2(1, t) / Math.PI)).toBeLessThan(1e-11);
      const root = Math.sqrt(2 + t * t);
      expect(relative(studentUpperTail(t, 2), 1 / (root * (root + t)))).toBeLessThan(1e-11);
    }
  });

  it('is that of the normal distribution for many degrees', () => {
    expect(studentUpperTail(1.959964, 1e7)).toBeCloseTo(0.025, 6);
    expect(relative(studentUpperTail(6, 1e7), 9.8659e-10)).toBeLessThan(1e-3);
  });

  it('is symmetric, 1/2 at 0 and 0 at infinity', () => {
    expect(studentUpperTail(0, 3.7)).toBeCloseTo(0.5, 14);
    expect(studentUpperTail(-1.3, 3.7) + studentUpperTail(1.3, 3.7)).toBe(1);
    expect(studentUpperTail(Number.POSITIVE_INFINITY, 5)).toBe(0);
  });
});
