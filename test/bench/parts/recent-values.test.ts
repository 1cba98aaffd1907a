import { expect, test } from 'vitest';
import { distributionFigures, quantileOf, recentValues } from '../../../bench/parts/recent-values.ts';
import { seededRandom } from '../../../src/base/random.ts';

test('recentValues() keeps the last ones and counts all', () => {
  const values = recentValues(3);
  for (const value of [5, 4, 9, 7]) values.add(value);
  expect(values.count()).toBe(4);
  expect([...values.sorted()]).toEqual([4, 7, 9]);
});

test('quantileOf() has bounds that contain the quantile of the distribution 95 times in 100', () => {
  const random = seededRandom(7);
  for (const p of [0.5, 0.95]) {
    let inside = 0;
    for (let trial = 0; trial < 1000; trial++) {
      const estimate = quantileOf(Float64Array.from({ length: 200 }, random).sort(), p);
      if (!estimate.available) throw new Error(estimate.reason);
      const { low, value, high } = estimate.value;
      expect(low <= value && value <= high).toBe(true);
      if (low <= p && p <= high) inside++;
    }
    expect(inside).toBeGreaterThan(930);
    // No wider than they need be.
    expect(inside).toBeLessThan(985);
  }
});

test('distributionFigures() widens the bounds by the error of a value, and has none of nothing', () => {
  const values = recentValues();
  const about = { id: 'way', label: 'way', method: 'by hand' };
  expect(distributionFigures(values, about).every(({ estimate }) => !estimate.available)).toBe(true);
  for (let value = 0; value <= 100; value++) values.add(value);
  const [, , longest] = distributionFigures(values, about, 3);
  expect(longest).toMatchObject({
    id: 'wayMax',
    estimate: { value: { value: 100, low: 97, high: 103 } },
  });
});
