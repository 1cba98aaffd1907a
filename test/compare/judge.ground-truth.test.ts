// How often verdicts are right and wrong on runs of known truth: a small sample of what docs/measurements/compare/monte-carlo.mjs
// measures. Shares are allowed three standard errors.
import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../src/base/random.ts';
import type { Verdict } from '../../src/compare/comparison.ts';
import { judgeRatio } from '../../src/compare/judge.ts';
import { holmAdjusted } from '../../src/stats/holm.ts';
import { type RatioOfRuns, ratioOf, runMediansOf } from '../../src/stats/ratio-of-runs.ts';
import { ratioTest } from '../../src/stats/ratio-test.ts';
import { type SimulatedSide, simulatedSide } from '../stats/simulated-runs.ts';

type Sides = readonly [Float64Array[], Float64Array[]];

function simulatedCase(side: SimulatedSide, difference: number, random: Random): Sides {
  const shape = { samples: 15, ...side };
  return [simulatedSide(shape, random), simulatedSide({ ...shape, level: 1 + difference }, random)];
}

function pOf([baseline, contender]: Sides, noiseFloor: number): number {
  return ratioTest(runMediansOf(baseline), runMediansOf(contender), noiseFloor);
}

function verdictOf(sides: Sides, noiseFloor: number, holmP: number): Verdict {
  const { ratio, runMedians } = ratioOf(...sides, { seed: 1, resamples: 400 }) as RatioOfRuns;
  const runs = { baseline: runMedians[0].length, contender: runMedians[1].length };
  return judgeRatio({ ratio, better: 'lower', runs, holmP, noiseFloor, alpha: 0.05 }).verdict;
}

/** Verdicts of single cases: 10 runs a side with run effects of 1 %, where nothing else is said. */
function verdicts(
  trials: number,
  noiseFloor: number,
  difference: number,
  side: Partial<SimulatedSide> = {},
): readonly Verdict[] {
  const random = seededRandom(31);
  return Array.from({ length: trials }, () => {
    const sides = simulatedCase({ runs: 10, runSpread: 0.01, ...side }, difference, random);
    return verdictOf(sides, noiseFloor, pOf(sides, noiseFloor));
  });
}

const shareOf = (all: readonly Verdict[], ...wanted: readonly Verdict[]): number =>
  all.filter((verdict) => wanted.includes(verdict)).length / all.length;

const slack = (share: number, trials: number): number => 3 * Math.sqrt((share * (1 - share)) / trials);

describe('verdicts on runs of known truth', () => {
  it.each([
    ['10 runs that differ by 1 %, floor 0', 0, 0, {}],
    ['10 runs that do not differ, floor 0', 0, 0, { runSpread: 0 }],
    ['5 runs of which one in ten is bad, floor 0', 0, 0, { runs: 5, badRuns: 0.1 }],
    ['10 runs, a true difference of 1 % and a floor of 1 %', 0.01, 0.01, {}],
  ])('call a difference at most 5 times in 100 where none is: %s', (_, noiseFloor, difference, side) => {
    const trials = 150;
    const found = shareOf(verdicts(trials, noiseFloor, difference, side), 'slower', 'faster');
    expect(found).toBeLessThan(0.05 + slack(0.05, trials));
  });

  it('call 3 % slower at least 9 times in 10 with 10 runs a side, and never faster', () => {
    const all = verdicts(150, 0.01, 0.03);
    expect(shareOf(all, 'slower')).toBeGreaterThan(0.9 - slack(0.9, 150));
    expect(shareOf(all, 'faster')).toBe(0);
  });

  it('call equal sides the same always without run effects, and seldom with such of 1 %', () => {
    expect(shareOf(verdicts(60, 0.01, 0, { runSpread: 0 }), 'same')).toBe(1);
    const share = shareOf(verdicts(150, 0.01, 0), 'same');
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.25);
  });

  it('call a side that is 2 % slower the same hardly ever', () => {
    expect(shareOf(verdicts(150, 0.01, 0.02), 'same')).toBeLessThan(0.025 + slack(0.025, 150));
  });

  it('show a contender that takes half as long again among 60 cases with 5 runs a side, and none of the others', () => {
    const random = seededRandom(32);
    const shape = { runs: 5, runSpread: 0.01 };
    for (let trial = 0; trial < 10; trial++) {
      const cases = Array.from({ length: 60 }, (_, i) => simulatedCase(shape, i === 0 ? 0.5 : 0, random));
      const holm = holmAdjusted(cases.map((sides) => pOf(sides, 0.01)));
      const found = cases.flatMap((sides, i) =>
        (holm[i] as number) <= 0.05 ? [`${i} ${verdictOf(sides, 0.01, holm[i] as number)}`] : [],
      );
      expect(found).toEqual(['0 slower']);
    }
  });
});
