import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { changePoints } from '../../src/stats/change-points.ts';
import { randomNormal } from '../../src/stats/random-gamma.ts';
import { simulatedSide } from './simulated-runs.ts';

const OPTIONS = { seed: 1, noiseFloor: 0.01, alpha: 0.05, resamples: 500 };

/** Reports of three runs each that differ by 1 %. */
function reports(levels: readonly number[], seed: number, runSpread = 0.01): Float64Array[][] {
  const random = seededRandom(seed);
  return levels.map((level) => simulatedSide({ runs: 3, level, runSpread, samples: 10 }, random));
}

const steps = (...parts: readonly (readonly [number, number])[]): number[] =>
  parts.flatMap(([count, level]) => Array(count).fill(level));

describe('changePoints()', () => {
  it('finds a step of 3 % in 20 reports of 3 runs, nearly always where it is', () => {
    let [found, near] = [0, 0];
    for (let seed = 0; seed < 30; seed++) {
      const changes = changePoints(reports(steps([10, 1], [10, 1.03]), seed), OPTIONS);
      if (changes.length === 1) found++;
      if (Math.abs((changes[0]?.index ?? 0) - 10) <= 1) near++;
    }
    expect(found).toBeGreaterThanOrEqual(28);
    expect(near).toBeGreaterThanOrEqual(27);
  });

  it('finds nothing in 95 of 100 series without a step', () => {
    let found = 0;
    for (let seed = 100; seed < 200; seed++)
      found += changePoints(reports(steps([20, 1]), seed), { ...OPTIONS, noiseFloor: 0 }).length > 0 ? 1 : 0;
    // Three standard errors above 5 %.
    expect(found).toBeLessThanOrEqual(11);
  });

  it('finds steps up and down, and states the ratio of neighbouring levels', () => {
    const changes = changePoints(reports(steps([12, 1], [8, 1.1], [15, 0.95]), 7), OPTIONS);
    expect(changes.map(({ index }) => index)).toEqual([12, 20]);
    expect(changes[0]?.ratio.low).toBeLessThan(1.1);
    expect(changes[0]?.ratio.high).toBeGreaterThan(1.1);
    expect(changes[1]?.ratio.value).toBeCloseTo(0.95 / 1.1, 1);
    for (const { p } of changes) expect(p).toBeLessThan(1e-6);
  });

  it('finds a level that comes and goes', () => {
    const changes = changePoints(reports(steps([100, 1], [12, 1.05], [100, 1]), 11), OPTIONS);
    expect(changes.map(({ index }) => index)).toEqual([100, 112]);
  });

  it('takes no reports that differ among themselves for changes', () => {
    const random = seededRandom(12);
    let found = 0;
    for (let seed = 0; seed < 30; seed++) {
      const levels = Array.from({ length: 20 }, () => Math.exp(0.01 * randomNormal(random)));
      found += changePoints(reports(levels, seed), OPTIONS).length > 0 ? 1 : 0;
    }
    expect(found).toBeLessThanOrEqual(4);
  });

  it('gives the same for the same seed', () => {
    const series = reports(steps([10, 1], [10, 1.05]), 8);
    expect(changePoints(series, OPTIONS)).toEqual(changePoints(series, OPTIONS));
  });

  it('places a step between levels without any noise', () => {
    const series = steps([7, 1], [5, 2]).map((level) => [Float64Array.of(level), Float64Array.of(level)]);
    expect(changePoints(series, OPTIONS)).toMatchObject([{ index: 7, ratio: { value: 2, low: 2, high: 2 } }]);
  });

  it('takes no single report and no four runs for a level', () => {
    expect(changePoints(reports(steps([10, 1], [1, 1.5]), 9), OPTIONS)).toEqual([]);
    const two = reports(steps([10, 1], [2, 1.5]), 9);
    expect(changePoints(two, OPTIONS).map(({ index }) => index)).toEqual([10]);
    const four = two.map((runs, i) => (i >= 10 ? runs.slice(1) : runs));
    expect(changePoints(four, OPTIONS)).toEqual([]);
    const one = two.map((runs, i) => (i === 10 ? [] : [...runs, ...runs]));
    expect(changePoints(one, { ...OPTIONS, minimumPoints: 1 }).map(({ index }) => index)).toEqual([10]);
  });

  it('has nothing to find in short series, empty reports and none', () => {
    expect(changePoints([], OPTIONS)).toEqual([]);
    expect(changePoints(reports([1, 2], 1), OPTIONS)).toEqual([]);
    expect(changePoints(Array(20).fill([new Float64Array(0)]), OPTIONS)).toEqual([]);
  });

  it('finds five changes in 400 reports', () => {
    const levels = steps([60, 1], [80, 1.05], [60, 0.97], [100, 1.02], [50, 1.1], [50, 1]);
    const series = reports(levels, 10);
    const changes = changePoints(series, OPTIONS);
    expect(changes.length).toBe(5);
  });
});
