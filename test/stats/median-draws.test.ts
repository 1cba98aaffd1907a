import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { medianOfRunMedians } from '../../src/stats/bootstrap.ts';
import { medianDraws } from '../../src/stats/median-draws.ts';
import { quantile, type Sorted, sortedCopy } from '../../src/stats/quantile.ts';
import { simulatedSide } from './simulated-runs.ts';

const OPTIONS = { seed: 4, resamples: 10_000 };

/** The greatest difference of two empirical distribution functions. */
function greatestDistance(a: Sorted, b: Sorted): number {
  let [i, j, greatest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] as number, b[j] as number);
    while (a[i] === value) i++;
    while (b[j] === value) j++;
    greatest = Math.max(greatest, Math.abs(i / a.length - j / b.length));
  }
  return greatest;
}

describe('medianDraws()', () => {
  it.each([
    [1, 30],
    [2, 7],
    [5, 30],
    [10, 31],
    [40, 8],
  ])('has the distribution that drawing run by run has: %i runs of %i samples', (runs, samples) => {
    const side = simulatedSide({ runs, samples, runSpread: 0.01 }, seededRandom(runs));
    const draws = sortedCopy(medianDraws(side, OPTIONS));
    const slowDraw = medianOfRunMedians(side.map(sortedCopy), seededRandom(9));
    const slow = Float64Array.from({ length: 4000 }, slowDraw).sort();
    // Kolmogorov and Smirnov's distance of samples of 4,000 and of 10,000 from a pool of 10,000 exceeds this once in 10,000.
    expect(greatestDistance(draws, slow)).toBeLessThan(0.045);
  });

  it('draws the exact distribution of a resample of three runs of one value', () => {
    const draws = medianDraws([[1], [2], [3]], { seed: 1, resamples: 100_000 });
    const share = (value: number): number => draws.filter((draw) => draw === value).length / draws.length;
    // Of the 27 resamples 7, 13 and 7 have these medians.
    expect(share(1)).toBeCloseTo(7 / 27, 2);
    expect(share(2)).toBeCloseTo(13 / 27, 2);
    expect(share(3)).toBeCloseTo(7 / 27, 2);
  });

  it('is the same for the same seed and another for another', () => {
    const side = simulatedSide({ runs: 5, runSpread: 0.01 }, seededRandom(2));
    expect(medianDraws(side, OPTIONS)).toEqual(medianDraws(side, OPTIONS));
    expect(medianDraws(side, OPTIONS)).not.toEqual(medianDraws(side, { ...OPTIONS, seed: 5 }));
  });

  it('does not count runs without samples', () => {
    const side = simulatedSide({ runs: 3, runSpread: 0.01 }, seededRandom(3));
    expect(medianDraws([...side, []], OPTIONS)).toEqual(medianDraws(side, OPTIONS));
  });

  it('is centered on the median of run medians', () => {
    const side = simulatedSide({ runs: 21, runSpread: 0.01 }, seededRandom(6));
    const medians = side.map((run) => quantile(run, 0.5));
    expect(quantile(medianDraws(side, OPTIONS), 0.5)).toBeCloseTo(quantile(medians, 0.5), 2);
  });

  it('takes no longer for 600 runs than for 6', () => {
    const fastest = (runs: number): number => {
      const side = simulatedSide({ runs, runSpread: 0.01, samples: 10 }, seededRandom(7));
      const timesMs = [1, 2, 3, 4, 5].map((seed) => {
        const startMs = performance.now();
        medianDraws(side, { seed, resamples: 10_000 });
        return performance.now() - startMs;
      });
      return Math.min(...timesMs);
    };
    expect(fastest(600)).toBeLessThan(4 * fastest(6));
  });
});
