import { expect, test } from 'vitest';
import { standardDeviation } from '../../src/stats/standard-deviation.ts';

test('standardDeviation() divides by one less than the number of values', () => {
  expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12);
  expect(standardDeviation([3, 3])).toBe(0);
  expect(standardDeviation([3])).toBeNaN();
});
