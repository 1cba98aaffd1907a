import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../src/base/random.ts';
import { bootstrapMedian, type MedianEstimate } from '../../src/stats/bootstrap.ts';
import { randomNormal } from '../../src/stats/random-gamma.ts';

/** Runs whose own centers differ by 1 %, with samples that differ by 0.5 % and a tail: the truth is 100. */
function simulatedRuns(runs: number, samples: number, runSpread: number, random: Random): number[][] {
  return Array.from({ length: runs }, () => {
    const center = 100 * (1 + runSpread * randomNormal(random));
    return Array.from(
      { length: samples },
      () => center * Math.exp(0.005 * randomNormal(random)) * (random() < 0.02 ? 3 : 1),
    );
  });
}

// 2 % of the values lie far above, so the median is the quantile 0.5 / 0.98 of the others: exp(0.005 · 0.0256).
const TRUTH = 100.0128;

/** How often the interval contains the truth. */
function coverage(trials: number, runs: number, runSpread: number): number {
  const random = seededRandom(7);
  let covered = 0;
  for (let trial = 0; trial < trials; trial++) {
    const simulated = simulatedRuns(runs, 30, runSpread, random);
    const { low, high } = bootstrapMedian(simulated, { seed: trial, resamples: 1000 }) as MedianEstimate;
    if (low <= TRUTH && TRUTH <= high) covered++;
  }
  return covered / trials;
}

describe('bootstrapMedian()', () => {
  it('takes the median of the run medians, not of all samples', () => {
    const estimate = bootstrapMedian([[1, 1, 1, 1, 1, 1, 1], [5], [6]], { seed: 1 });
    expect(estimate).toMatchObject({ value: 5, runs: 3, samples: 9 });
  });

  it('does not count a run without samples', () => {
    expect(bootstrapMedian([[3, 3], []], { seed: 1 })).toMatchObject({ value: 3, runs: 1, samples: 2 });
  });

  it('is null where there is no sample', () => {
    expect(bootstrapMedian([[], []], { seed: 1 })).toBeNull();
    expect(bootstrapMedian([], { seed: 1 })).toBeNull();
  });

  it('gives the same interval for the same seed and another one for another seed', () => {
    const runs = simulatedRuns(5, 30, 0.01, seededRandom(8));
    const of = (seed: number): MedianEstimate | null => bootstrapMedian(runs, { seed, resamples: 200 });
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  it('says of one run that the interval holds within this run only', () => {
    expect(bootstrapMedian([[1, 2, 3]], { seed: 1 })?.method).toContain('within this run only');
  });

  it('says of few runs how much they can promise at most', () => {
    const method = (runs: number): string =>
      bootstrapMedian(Array(runs).fill([1, 2, 3]), { seed: 1 })?.method ?? '';
    expect(method(2)).toContain('2 runs cannot promise more than 50 %');
    expect(method(6)).not.toContain('cannot promise');
  });

  it('keeps the median inside the interval and the interval inside the samples', () => {
    const run = fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 6 }), fc.integer(), (runs, seed) => {
        const { low, value, high } = bootstrapMedian(runs, { seed, resamples: 400 }) as MedianEstimate;
        expect(low).toBeGreaterThanOrEqual(Math.min(...runs.flat()));
        expect(high).toBeLessThanOrEqual(Math.max(...runs.flat()));
        expect(low).toBeLessThanOrEqual(value);
        expect(value).toBeLessThanOrEqual(high);
      }),
      { numRuns: 60, seed: 9 },
    );
  });

  it('scales with its samples', () => {
    const runs = simulatedRuns(5, 30, 0.01, seededRandom(10));
    const one = bootstrapMedian(runs, { seed: 3 }) as MedianEstimate;
    const thousand = bootstrapMedian(
      runs.map((run) => run.map((value) => value * 1000)),
      { seed: 3 },
    ) as MedianEstimate;
    expect(thousand.low).toBeCloseTo(one.low * 1000, 6);
    expect(thousand.high).toBeCloseTo(one.high * 1000, 6);
  });

  it('covers the truth about 95 times in 100 with ten runs that differ', () => {
    const share = coverage(400, 10, 0.01);
    // The standard error is 1.1 %.
    expect(share).toBeGreaterThan(0.92);
    expect(share).toBeLessThan(0.985);
  });

  it('covers the truth about 95 times in 100 with one run and nothing that differs between runs', () => {
    const share = coverage(600, 1, 0);
    expect(share).toBeGreaterThan(0.92);
    expect(share).toBeLessThan(0.975);
  });

  it('would be far too sure of itself if it took samples of all runs for independent', () => {
    const random = seededRandom(11);
    let [flat, hierarchical] = [0, 0];
    const contains = (estimate: MedianEstimate | null): number =>
      estimate !== null && estimate.low <= TRUTH && TRUTH <= estimate.high ? 1 : 0;
    for (let trial = 0; trial < 200; trial++) {
      const runs = simulatedRuns(10, 30, 0.01, random);
      flat += contains(bootstrapMedian([runs.flat()], { seed: trial, resamples: 500 }));
      hierarchical += contains(bootstrapMedian(runs, { seed: trial, resamples: 500 }));
    }
    expect(flat / 200).toBeLessThan(0.6);
    expect(hierarchical / 200).toBeGreaterThan(0.9);
  });

  it('takes less than 150 ms for 10,000 resamples of five runs of 200 samples', () => {
    const runs = simulatedRuns(5, 200, 0.01, seededRandom(12));
    const timesMs = [1, 2, 3].map((seed) => {
      const startMs = performance.now();
      bootstrapMedian(runs, { seed });
      return performance.now() - startMs;
    });
    expect(Math.min(...timesMs)).toBeLessThan(150);
  });

  it('knows without drawing that values which are all the same have one median', () => {
    const same = bootstrapMedian([[0, 0, 0], [0], [0, 0]], { seed: 1, resamples: 1e12 });
    expect(same).toMatchObject({ value: 0, low: 0, high: 0, runs: 3, samples: 6 });
    expect(
      bootstrapMedian(
        [
          [5, 5],
          [5, 6],
        ],
        { seed: 1 },
      ),
    ).toMatchObject({ low: 5, high: 5.75 });
  });
});
