import { expect, test } from 'vitest';
import { median, quantile } from '../../src/timing/median.ts';

test('median() is a value that occurred, the lower one of two', () => {
  expect(median([5, 1, 4])).toBe(4);
  expect(median([4, 1, 3, 2])).toBe(2);
});

test('quantile() reaches both ends and leaves its input as it was', () => {
  const values = [3, 1, 2];
  expect([quantile(values, 0), quantile(values, 1)]).toEqual([1, 3]);
  expect(values).toEqual([3, 1, 2]);
});

test('median() of nothing is NaN', () => {
  expect(median([])).toBeNaN();
});
