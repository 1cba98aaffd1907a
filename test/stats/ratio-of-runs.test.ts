import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { type RatioOfRuns, ratioOf } from '../../src/stats/ratio-of-runs.ts';
import { simulatedSide } from './simulated-runs.ts';

const of = (...runs: readonly number[][]): Float64Array[] => runs.map((run) => Float64Array.from(run));

describe('ratioOf()', () => {
  it('divides medians of run medians, not medians of all samples', () => {
    const result = ratioOf(of([1, 1, 1, 1, 1], [5], [6]), of([10], [10, 11, 12], []), { seed: 1 });
    expect(result?.baseline.value).toBe(5);
    expect(result?.contender.value).toBe(10.5);
    expect(result?.ratio.value).toBe(2.1);
    expect(result?.runMedians.map((medians) => [...medians])).toEqual([
      [1, 5, 6],
      [10, 11],
    ]);
  });

  it('is null where a side has no sample', () => {
    expect(ratioOf([], of([1]), { seed: 1 })).toBeNull();
    expect(ratioOf(of([1]), of([]), { seed: 1 })).toBeNull();
  });

  it('is the same for the same seed, and its ends are another for another', () => {
    const random = seededRandom(1);
    const [a, b] = [
      simulatedSide({ runs: 6, runSpread: 0.01 }, random),
      simulatedSide({ runs: 6, runSpread: 0.01 }, random),
    ];
    expect(ratioOf(a, b, { seed: 1 })).toEqual(ratioOf(a, b, { seed: 1 }));
    expect(ratioOf(a, b, { seed: 1 })?.ratio.low).not.toBe(ratioOf(a, b, { seed: 2 })?.ratio.low);
  });

  it('resamples sides independently: the same runs on both have a wide interval around 1', () => {
    const runs = simulatedSide({ runs: 10, runSpread: 0.01 }, seededRandom(2));
    const { value, low, high } = (ratioOf(runs, runs, { seed: 1 }) as RatioOfRuns).ratio;
    expect(value).toBe(1);
    expect(low).toBeLessThan(0.995);
    expect(high).toBeGreaterThan(1.005);
  });

  it('covers the true ratio about 95 times in 100 with ten runs that differ', () => {
    const random = seededRandom(3);
    const trials = 120;
    let covered = 0;
    for (let seed = 0; seed < trials; seed++) {
      const a = simulatedSide({ runs: 10, runSpread: 0.01, samples: 9 }, random);
      const b = simulatedSide({ runs: 10, runSpread: 0.01, samples: 9, level: 1.2 }, random);
      const { low, high } = (ratioOf(a, b, { seed, resamples: 500 }) as RatioOfRuns).ratio;
      if (low <= 1.2 && 1.2 <= high) covered++;
    }
    expect(covered / trials).toBeGreaterThan(0.9);
  });
});
