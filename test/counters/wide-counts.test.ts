import { expect, test } from 'vitest';
import { widenCounts } from '../../src/counters/wide-counts.ts';

test('widenCounts() goes on where a number of 32 bits wraps, each by itself', () => {
  const widen = widenCounts();
  expect(widen('cpu0', 2 ** 32 - 3)).toBe(2 ** 32 - 3);
  expect(widen('cpu1', 10)).toBe(10);
  expect(widen('cpu0', 4)).toBe(2 ** 32 + 4);
  expect(widen('cpu1', 11)).toBe(11);
  expect(widen('cpu0', 2 ** 31 + 1)).toBe(2 ** 32 + 2 ** 31 + 1);
  expect(widen('cpu0', 0)).toBe(2 ** 33);
});

test('widenCounts() shows a number that was set back as it is', () => {
  const widen = widenCounts();
  widen('cpu0', 1000);
  expect(widen('cpu0', 3)).toBe(3);
});
