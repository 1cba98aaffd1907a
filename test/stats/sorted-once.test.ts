import { expect, test } from 'vitest';
import { medianOnce, sortedOnce } from '../../src/stats/sorted-once.ts';

test('samples are sorted once, and stay as they are', () => {
  const samples = Float64Array.of(3, 1, 2);
  const sorted = sortedOnce(samples);
  expect([...sorted]).toEqual([1, 2, 3]);
  expect([...samples]).toEqual([3, 1, 2]);
  expect(sortedOnce(samples)).toBe(sorted);
  expect(sortedOnce(Float64Array.of(3, 1, 2))).not.toBe(sorted);
});

test('the median is that of the samples, and of none no number', () => {
  expect(medianOnce(Float64Array.of(4, 1, 2, 3))).toBe(2.5);
  expect(medianOnce(new Float64Array(0))).toBeNaN();
});
