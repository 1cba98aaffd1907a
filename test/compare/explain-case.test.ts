// Explanations of made-up runs whose truth is known: which part grew, which is not certain, what the sentence says.
import { describe, expect, it } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { type ExplainOptions, explainCase } from '../../src/compare/explain-case.ts';
import type { PartId, PartMean, RunEvidence } from '../../src/evidence/evidence.ts';

const OPTIONS: ExplainOptions = { seed: 1, resamples: 1000, confidence: 0.95, noiseFloor: 0.01 };
const none = unavailable('not told');

type Times = Partial<Record<PartId, number | readonly [lowNs: number, ns: number, highNs: number]>>;

/** A run whose parts add up to its wall time, but for `restNs`. */
function run(times: Times, restNs = 0): RunEvidence {
  const parts = Object.entries(times).map(([id, value]): PartMean => {
    const [lowNs, ns, highNs] = typeof value === 'number' ? [value, value, value] : value;
    return { id: id as PartId, lowNs, ns, highNs };
  });
  const wallMeanNs = parts.reduce((sum, { ns }) => sum + ns, restNs);
  const known = { correctedWall: none, undisturbedWall: none, stealShare: none, outputSha256: none };
  return {
    report: 0,
    run: 1,
    times: {},
    ...known,
    computeClockHz: none,
    throttleReasons: [],
    parts,
    wallMeanNs,
  };
}

/** Runs that differ by ± `spread` in their device time. */
function runs(times: Times, spread = 0, restNs = 0): readonly RunEvidence[] {
  const device = times.device as number;
  return [-1, -0.3, 0.1, 0.4, 0.8].map((at) => run({ ...times, device: device * (1 + spread * at) }, restNs));
}

function explain(baseline: readonly RunEvidence[], contender: readonly RunEvidence[], changes = {}) {
  const explained = explainCase(baseline, contender, { ...OPTIONS, ...changes });
  if (!explained.available) throw new Error(explained.reason);
  return explained.value;
}

const BARE: Times = { submit: 2e3, queue: 1e3, device: 90e3, 'wake-up': 7e3, steal: 0, 'run-queue': 0 };
const VIRTUAL: Times = { ...BARE, 'wake-up': 10e3, steal: [18e3, 19e3, 20e3] };

describe('explainCase()', () => {
  it('says what the product is for: steal, wake-up, and that the GPU is equal', () => {
    const explained = explain(runs(BARE, 0.002), runs(VIRTUAL, 0.002));
    expect(explained.mainCause).toBe('steal');
    expect(explained.statement).toMatch(
      /^wall \+22 % \(100 µs to 122 µs in the mean\): \+19 points steal, \+3\.0 wake-up; device time equal within ±0\.\d+ %$/,
    );
  });

  it('adds up to the difference, whatever the parts are', () => {
    const explained = explain(runs(BARE, 0.01, 500), runs({ ...VIRTUAL, 'run-queue': 2e3 }, 0.03, 4e3));
    const sum = explained.parts.reduce((total, { ns }) => total + ns, 0);
    expect(sum).toBeCloseTo(explained.contenderNs - explained.baselineNs, 6);
    expect(explained.difference.ns).toBeCloseTo(sum, 6);
    expect(explained.difference.lowNs).toBeLessThan(sum);
    expect(explained.difference.highNs).toBeGreaterThan(sum);
    expect(explained.parts.at(-1)).toMatchObject({ id: 'unexplained', ns: expect.closeTo(3500, 3) });
    for (const { lowNs, ns, highNs } of explained.parts) {
      expect(lowNs).toBeLessThanOrEqual(ns);
      expect(highNs).toBeGreaterThanOrEqual(ns);
    }
  });

  it('names no cause whose interval holds 0, and says how far it is known', () => {
    const contender = runs({ ...BARE, 'wake-up': [0, 30e3, 30e3], steal: [0, 0, 30e3] });
    const explained = explain(runs(BARE), contender);
    expect(explained.mainCause).toBeNull();
    expect(explained.statement).toContain('not certain: wake-up +23 (-7.0 to +23)');
    expect(explained.statement).not.toContain('points');
  });

  it('does not take the spread of runs for a difference', () => {
    const explained = explain(runs(BARE, 0.2), runs({ ...BARE, device: 95e3 }, 0.2));
    expect(explained.mainCause).toBeNull();
    expect(explained.statement).toContain(
      'do not differ beyond the noise floor and the spread of the runs (+5.0 %)',
    );
    expect(explained.statement).toContain('device time not known to differ');
  });

  it('is certain of nothing where a side has one run', () => {
    const explained = explain([run(BARE)], runs({ ...VIRTUAL, device: 95e3 }));
    expect(explained.mainCause).toBeNull();
    expect(explained.statement).toBe(
      'wall +27 % (100 µs to 127 µs in the mean): +19 points steal, +5.0 device time, +3.0 wake-up; a side has one run, so nothing of it is certain',
    );
  });

  it('names the device where it is slower', () => {
    const explained = explain(runs(BARE, 0.002), runs({ ...BARE, device: 99e3 }, 0.002));
    expect(explained.mainCause).toBe('device');
    expect(explained.statement).toContain('+9.0 points device time');
  });

  it('tells causes that cancel each other', () => {
    const explained = explain(runs(BARE), runs({ ...BARE, device: 80e3, 'run-queue': 10.2e3 }));
    expect(explained.mainCause).toBeNull();
    expect(explained.statement).toContain('(+0.2 %): +10 points run-queue wait, -10 device time');
  });

  it('calls unexplained what no clock of one side tells', () => {
    const { steal: _, ...without } = BARE;
    const explained = explain(runs(without), runs(VIRTUAL));
    expect(explained.parts.map(({ id }) => id)).not.toContain('steal');
    expect(explained.mainCause).toBe('unexplained');
  });

  it('takes throttling that one side cannot have for none', () => {
    const explained = explain(runs(BARE), runs({ ...BARE, throttling: 50e3 }));
    expect(explained.mainCause).toBe('throttling');
  });

  it('says so where the median contradicts the mean', () => {
    const explained = explain(runs(BARE), runs(VIRTUAL), { medianWallRatio: 0.998 });
    expect(explained.statement).toMatch(
      /\. The median wall time says -0\.2 %: single long samples make the mean$/,
    );
    expect(explain(runs(BARE), runs(VIRTUAL), { medianWallRatio: 1.2 }).statement).not.toContain('median');
  });

  it('gives the same interval for the same seed only', () => {
    const ends = (seed: number) => explain(runs(BARE, 0.1), runs(VIRTUAL, 0.1), { seed }).parts;
    expect(ends(7)).toEqual(ends(7));
    expect(ends(7)).not.toEqual(ends(8));
  });

  it('covers a known difference of the device as often as it promises', () => {
    let covered = 0;
    for (let i = 0; i < 200; i++) {
      // A fixed sequence that looks random: two sides of ten runs around 90 and 95 µs, ± 4 %.
      const at = (k: number): number => Math.sin(12.9898 * (20 * i + k)) * 43758.5453;
      const noise = (k: number): number => 1 + 0.08 * (at(k) - Math.floor(at(k)) - 0.5);
      const ten = (from: number, device: number) =>
        Array.from({ length: 10 }, (_, k) => run({ ...BARE, device: device * noise(from + k) }));
      const part = explain(ten(0, 90e3), ten(10, 95e3), { seed: i, resamples: 300 }).parts.find(
        ({ id }) => id === 'device',
      );
      if (part !== undefined && part.lowNs <= 5e3 && 5e3 <= part.highNs) covered++;
    }
    expect(covered).toBeGreaterThan(178);
    expect(covered).toBeLessThan(200);
  });

  it('needs runs and clocks of both sides', () => {
    expect(explainCase([], runs(BARE), OPTIONS)).toEqual(unavailable('one side has no run'));
    expect(explainCase([run({}, 5e3)], [run({}, 6e3)], OPTIONS)).toEqual(
      unavailable('no clock takes the wall times of both sides apart'),
    );
    expect(explainCase([run({})], [run({})], OPTIONS)).toEqual(unavailable('a side has no wall time'));
  });
});
