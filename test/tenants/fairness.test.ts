import { expect, it } from 'vitest';
import { jainIndex } from '../../src/tenants/fairness.ts';

it.each([
  ['all the same', [0.3, 0.3, 0.3], 1],
  ['one has everything', [1, 0, 0, 0], 1 / 4],
  ['k of n have the same', [1, 1, 0, 0, 0], 2 / 5],
  // Σx = 6, Σx² = 14: 36 / 42.
  ['1, 2 and 3', [1, 2, 3], 36 / 42],
  ['one alone', [0.7], 1],
])('jainIndex() of %s', (_, shares, index) => {
  expect(jainIndex(shares)).toBeCloseTo(index, 12);
});
