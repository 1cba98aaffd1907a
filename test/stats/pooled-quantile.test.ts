import { expect, test } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { pooledQuantileDraws } from '../../src/stats/pooled-quantile.ts';
import { quantile, quantileOfSorted, sortedCopy } from '../../src/stats/quantile.ts';

const random = seededRandom(5);
const runs = Array.from({ length: 8 }, (_, run) => Float64Array.from({ length: 200 }, () => run + random()));

test('the value is the quantile of all samples', () => {
  const all = runs.flatMap((run) => [...run]);
  expect(pooledQuantileDraws(runs, 0.99, { seed: 1, resamples: 10 }).value).toBe(quantile(all, 0.99));
});

test('draws are those of a bootstrap that copies whole runs', () => {
  const { draws } = pooledQuantileDraws(runs, 0.99, { seed: 1, resamples: 4000 });
  const again = seededRandom(9);
  const copied = Float64Array.from({ length: 4000 }, () => {
    const drawn = runs.map(() => runs[Math.floor(again() * runs.length)] as Float64Array);
    return quantile(
      drawn.flatMap((run) => [...run]),
      0.99,
    );
  });
  for (const p of [0.05, 0.25, 0.5, 0.9]) {
    expect(quantileOfSorted(sortedCopy(draws), p)).toBeCloseTo(quantileOfSorted(sortedCopy(copied), p), 0);
  }
  expect(Math.max(...draws)).toBeLessThanOrEqual(Math.max(...runs.flatMap((run) => [...run])));
});

test('one run has one value, and the same seed the same draws', () => {
  const [first] = runs as [Float64Array];
  expect(new Set(pooledQuantileDraws([first], 0.99, { seed: 1, resamples: 50 }).draws).size).toBe(1);
  const draws = (seed: number): Float64Array =>
    pooledQuantileDraws(runs, 0.95, { seed, resamples: 50 }).draws;
  expect(draws(3)).toEqual(draws(3));
  expect(draws(3)).not.toEqual(draws(4));
});
