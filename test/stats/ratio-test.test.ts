// References of Welch's and Yuen's p-values are those of SciPy 1.17 (ttest_ind of logarithms, equal_var=False, trim 0 and 0.2).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { runMediansOf } from '../../src/stats/ratio-of-runs.ts';
import { ratioTest } from '../../src/stats/ratio-test.ts';
import { simulatedSide } from './simulated-runs.ts';

const BASELINE = [100, 101, 99.3, 100.2, 100.9];
const CONTENDER = [103, 102.1, 104, 102.6, 103.3, 109, 102.8];

describe('ratioTest()', () => {
  it("is twice Yuen's p-value where a bad run blinds Welch's", () => {
    const [a, b] = [
      [...BASELINE, 99.8, 100.4, 99.6, 121, 100.1],
      [...CONTENDER, 103.6, 102.9, 130],
    ];
    expect(ratioTest(a, b, 0)).toBeCloseTo(2 * 1.509015398383507e-5, 15);
    expect(ratioTest(BASELINE, CONTENDER, 0)).toBeCloseTo(2 * 0.0032389253722825036, 14);
  });

  it("is twice Welch's where the runs are few and none is bad", () => {
    expect(ratioTest([100, 101, 102], [103, 104, 106], 0)).toBeCloseTo(2 * 0.0400492409703504, 13);
  });

  it('lies between one and two tails of the runs moved by the noise floor', () => {
    for (const floor of [0.001, 0.01, 0.02]) {
      const moved = CONTENDER.map((time) => time / (1 + floor));
      const twoTails = ratioTest(BASELINE, moved, 0);
      const p = ratioTest(BASELINE, CONTENDER, floor);
      expect(p).toBeGreaterThan(twoTails / 2);
      expect(p).toBeLessThan(twoTails);
    }
  });

  it('can show a contender that takes half as long again among 600 cases with 5 runs a side, which ranks cannot', () => {
    const slower = CONTENDER.slice(0, 5).map((time) => 1.5 * time);
    expect(600 * ratioTest(BASELINE, slower, 0.01)).toBeLessThan(0.05);
  });

  it('counts orders where no run differs from another of its side', () => {
    expect(ratioTest([2, 2, 2, 2, 2], [3, 3, 3, 3, 3], 0.01)).toBeCloseTo(2 / 252, 14);
    expect(ratioTest(Array(1000).fill(2), Array(1000).fill(3), 0.01)).toBe(0);
    expect(ratioTest([2, 2, 2, 2, 2], [2.01, 2.01], 0.01)).toBe(1);
  });

  it('looks at all runs where those in the middle are all the same', () => {
    const p = ratioTest([100, 100, 100, 100, 101], [102, 102, 102, 102, 103], 0);
    expect(p).toBeGreaterThan(1e-5);
    expect(p).toBeLessThan(0.001);
  });

  it('is not a number without two runs a side or with a time of 0', () => {
    expect(ratioTest([1], [2, 3], 0)).toBeNaN();
    expect(ratioTest([1, 2], [], 0)).toBeNaN();
    expect(ratioTest([0, 1, 1], [2, 3, 3], 0)).toBeNaN();
  });

  it('is the same for exchanged sides, another unit and another order', () => {
    const times = fc.array(fc.double({ min: 1, max: 2, noNaN: true }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(times, times, (a, b) => {
        const p = ratioTest(a, b, 0);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(ratioTest(b, a, 0)).toBeCloseTo(p, 9);
        expect(ratioTest([...a].reverse(), b, 0.01)).toBe(ratioTest(a, b, 0.01));
      }),
      { seed: 5 },
    );
  });

  it.each([
    ['runs that differ by 1 %', 10, 0.01, 0],
    ['five runs', 5, 0.01, 0],
    ['runs of which one in ten is bad', 10, 0.01, 0.1],
    ['runs that do not differ', 10, 0, 0],
  ])(
    'is below 0.05 in no more than 5 in 100 comparisons without a difference: %s',
    (_, runs, runSpread, badRuns) => {
      const random = seededRandom(21);
      const trials = 600;
      let found = 0;
      for (let trial = 0; trial < trials; trial++) {
        const [a, b] = [0, 1].map(() => runMediansOf(simulatedSide({ runs, runSpread, badRuns }, random)));
        if (ratioTest(a as Float64Array, b as Float64Array, 0) <= 0.05) found++;
      }
      // Three standard errors of a share of 5 %.
      expect(found / trials).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / trials));
    },
  );
});
