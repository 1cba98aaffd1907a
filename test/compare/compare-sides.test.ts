import { describe, expect, test } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { compareSides } from '../../src/compare/compare-sides.ts';
import { COMPARE_DEFAULTS, type CompareOptions, type Comparison } from '../../src/compare/comparison.ts';
import { comparisonSchema } from '../../src/compare/comparison-schema.ts';
import type { Side } from '../../src/evidence/evidence.ts';
import { caseEvidence, type Drawn, runEvidence, side } from './sample-sides.ts';

const IDENTITY = {
  tool: { name: 'guestmark', version: '0.1.0', node: 'v20' },
  labels: ['metal', 'guest'],
} as const;

const compare = (baseline: Side, contender: Side, options: Partial<CompareOptions> = {}): Comparison =>
  compareSides(baseline, contender, { ...COMPARE_DEFAULTS, resamples: 2_000, ...options }, IDENTITY);

const of = (drawn: Drawn): Side => side([caseEvidence('copy[n=1]', drawn)]);

const verdict = (contender: Partial<Drawn>, options: Partial<CompareOptions> = {}): string | undefined =>
  compare(of({ seed: 1 }), of({ seed: 2, ...contender }), options).cases[0]?.verdict;

describe('verdicts', () => {
  test('a known truth is found', () => {
    expect(verdict({})).toBe('same');
    expect(verdict({ factor: 1.05 })).toBe('slower');
    expect(verdict({ factor: 0.95 })).toBe('faster');
    expect(verdict({ factor: 1.01 })).toBe('unclear');
  });

  test('too few runs say nothing, however large the difference', () => {
    const [one] = compare(of({ seed: 1 }), of({ seed: 2, runs: 3, factor: 2 })).cases;
    expect(one).toMatchObject({
      verdict: 'unclear',
      reason: expect.stringContaining('3 runs of the contender'),
    });
    expect(one?.doubts.map(({ id }) => id)).toContain('few-runs');
  });

  test('rates are judged the other way round', () => {
    expect(verdict({ factor: 1.05 }, { metric: 'bandwidth' })).toBe('slower');
    expect(verdict({ factor: 0.95 }, { metric: 'bandwidth' })).toBe('faster');
  });

  test('stolen time makes the wall slower and leaves device and corrected wall the same', () => {
    const stolenNs = 200_000;
    expect(verdict({ stolenNs })).toBe('same');
    expect(verdict({ stolenNs }, { metric: 'wallTime' })).toBe('slower');
    expect(verdict({ stolenNs }, { metric: 'correctedWallTime' })).toBe('same');
  });

  test('a wall that the clocks leave open is unclear and not the same', () => {
    const open = (factor: number): Side => {
      const base = caseEvidence('copy[n=1]', { seed: 3, factor });
      const runs = base.runs.map((run) => {
        const highNs = run.times.wallTime as Float64Array;
        return { ...run, correctedWall: available({ lowNs: highNs.map((ns) => ns * 0.9), highNs }) };
      });
      return side([{ ...base, runs }]);
    };
    const [one] = compare(open(1), open(1), { metric: 'correctedWallTime' }).cases;
    expect(one?.verdict).toBe('unclear');
    const ratio = one?.metrics.find(({ id }) => id === 'correctedWallTime')?.ratio;
    expect(ratio?.low).toBeCloseTo(0.9, 2);
    expect(ratio?.high).toBeCloseTo(1 / 0.9, 2);
  });

  /** Corrected walls that may be next to nothing. */
  const boundless = (seed: number): Side => {
    const base = caseEvidence('copy[n=1]', { seed });
    const runs = base.runs.map((run) => {
      const highNs = run.times.wallTime as Float64Array;
      return { ...run, correctedWall: available({ lowNs: highNs.map(() => 0), highNs }) };
    });
    return side([{ ...base, runs }]);
  };

  test('a ratio without an end is no figure, and the comparison stays valid JSON', () => {
    const result = compare(boundless(1), boundless(2), { metric: 'correctedWallTime' });
    const [one] = result.cases;
    expect(one).toMatchObject({ judgedBy: null, verdict: 'unclear', p: { available: false } });
    expect(one?.reason).toContain('the clocks leave open');
    expect(one?.metrics.map(({ id }) => id)).toContain('wallTime');
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(comparisonSchema.safeParse(result).error).toBeUndefined();
  });

  test('a device time of 0 is no ratio', () => {
    const zero = caseEvidence('copy[n=1]', { seed: 1 });
    const runs = zero.runs.map((run) => ({
      ...run,
      times: { ...run.times, gpuTime: new Float64Array(30) },
    }));
    const result = compare(side([{ ...zero, runs }]), of({ seed: 2 }));
    expect(result.cases[0]).toMatchObject({ verdict: 'unclear', judgedBy: null });
    expect(result.cases[0]?.reason).toContain('there is no ratio');
    expect(JSON.stringify(result)).not.toContain('null,"low"');
  });

  test('runs count where they have the metric that is judged', () => {
    const few = caseEvidence('copy[n=1]', { seed: 1 });
    const runs = few.runs.map((run, index) =>
      index < 2 ? run : { ...run, times: { wallTime: run.times.wallTime as Float64Array } },
    );
    const [one] = compare(side([{ ...few, runs }]), of({ seed: 2 })).cases;
    expect(one?.reason).toMatch(/^2 runs of the baseline: .*; other runs have no gpuTime$/);
  });

  test('a rate is tested by its own size, and not by its time', () => {
    const twice = side([caseEvidence('copy[n=1]', { seed: 2 }, { bytes: 2e6 })]);
    const [one] = compare(of({ seed: 1 }), twice, { metric: 'bandwidth' }).cases;
    expect(one?.verdict).toBe('faster');
  });

  test('the mean of walls that the clocks leave open by more than ten times is not told', () => {
    const { means } = compare(boundless(1), of({ seed: 2 }));
    // Open towards nothing on one side: the ratio has no end there either.
    expect(means.find(({ metric }) => metric === 'correctedWallTime')?.ratio.available).not.toBe(true);
    const open = (factor: number): Side => {
      const base = caseEvidence('copy[n=1]', { seed: 3 });
      const runs = base.runs.map((run) => {
        const highNs = run.times.wallTime as Float64Array;
        return { ...run, correctedWall: available({ lowNs: highNs.map((ns) => ns / factor), highNs }) };
      });
      return side([{ ...base, runs }]);
    };
    const mean = (factor: number) =>
      compare(open(factor), open(factor)).means.find(({ metric }) => metric === 'correctedWallTime')?.ratio;
    expect(mean(4)).toMatchObject({ reason: expect.stringContaining('more than a factor of 10') });
    expect(mean(2)).toMatchObject({ available: true });
  });

  test('a metric that a side lacks leaves the case unclear, with the reason', () => {
    const [one] = compare(of({ seed: 1 }), of({ seed: 2 }), { metric: 'itemRate' }).cases;
    expect(one).toMatchObject({ judgedBy: null, verdict: 'unclear', reason: 'not both sides have itemRate' });
    const empty = side([
      caseEvidence('copy[n=1]', { seed: 1 }, { runs: [], problems: ['its output is wrong'] }),
    ]);
    expect(compare(of({ seed: 1 }), empty).cases[0]?.reason).toBe(
      'the contender has no run that may be reported: its output is wrong',
    );
  });

  test('the same seed gives the same comparison, another one another interval', () => {
    const [a, b] = [of({ seed: 1, runEffect: 0.01 }), of({ seed: 2, runEffect: 0.01 })];
    expect(compare(a, b)).toEqual(compare(a, b));
    expect(compare(a, b, { seed: 2 }).cases[0]?.metrics).not.toEqual(compare(a, b).cases[0]?.metrics);
  });
});

describe('many cases', () => {
  const many = (drawn: (index: number) => Drawn): Side =>
    side(Array.from({ length: 20 }, (_, index) => caseEvidence(`case-${index}`, drawn(index))));

  test('a difference that one case shows by chance is not believed of twenty', () => {
    const noisy = (seed: number): Side =>
      many((index) => ({ seed: seed + index * 7, runs: 6, runEffect: 0.03 }));
    const { counts } = compare(noisy(100), noisy(5_000), { noiseFloor: 0 });
    expect(counts.slower + counts.faster).toBe(0);
  });

  test('one slow case among twenty is found, and the geometric mean shows a twentieth of it', () => {
    const result = compare(
      many((index) => ({ seed: index })),
      many((index) => ({ seed: 99 + index, factor: index === 7 ? 1.2 : 1 })),
    );
    expect(result.cases.filter((one) => one.verdict === 'slower').map(({ id }) => id)).toEqual(['case-7']);
    const mean = result.means.find(({ metric }) => metric === 'gpuTime');
    expect(mean?.cases).toBe(20);
    expect(mean?.ratio.available && mean.ratio.value.value).toBeCloseTo(1.2 ** (1 / 20), 3);
  });

  test('a run that is slow in every case widens the interval of the mean', () => {
    const withLuck = (seed: number, runEffect: number): Side => {
      const effects = caseEvidence('x', { seed, samples: 1, runEffect }).runs.map(
        ({ times }) => (times.gpuTime?.[0] as number) / 1e6,
      );
      const cases = Array.from({ length: 20 }, (_, index) => {
        const one = caseEvidence(`case-${index}`, { seed: seed * 31 + index });
        const runs = one.runs.map((run, at) => ({
          ...run,
          times: { gpuTime: (run.times.gpuTime as Float64Array).map((ns) => ns * (effects[at] as number)) },
        }));
        return { ...one, runs };
      });
      return side(cases);
    };
    const width = (runEffect: number): number => {
      const { means } = compare(withLuck(1, runEffect), withLuck(2, runEffect));
      const ratio = means.find(({ metric }) => metric === 'gpuTime')?.ratio;
      return ratio?.available ? ratio.value.high - ratio.value.low : Number.NaN;
    };
    expect(width(0.02)).toBeGreaterThan(0.01);
    expect(width(0)).toBeLessThan(0.006);
  });
});

test('cases of one side only are listed', () => {
  const [a, b] = [caseEvidence('a', { seed: 1 }), caseEvidence('b', { seed: 2 })];
  const result = compare(side([a]), side([b]));
  expect(result).toMatchObject({ cases: [], unpaired: { baseline: ['a'], contender: ['b'] } });
  expect(result.explanation.available).toBe(false);
});

test('the 99 % quantile is compared from 100 samples a side on', () => {
  const ids = (samples: number): string[] => {
    const drawn = { seed: 1, runs: 5, samples };
    return (compare(of(drawn), of({ ...drawn, seed: 2 })).cases[0]?.metrics ?? []).map(({ id }) => id);
  };
  expect(ids(19)).not.toContain('wallTimeP99');
  expect(ids(20)).toContain('wallTimeP99');
  const short = of({ seed: 1, runs: 5, samples: 19 });
  const [tailless] = compare(short, short, { metric: 'wallTimeP99' }).cases;
  expect(tailless?.reason).toBe('a side has fewer than 100 samples, too few for its 99 % quantile');
  const [few] = compare(of({ seed: 1 }), of({ seed: 2, stolenNs: 9e5 }), { metric: 'wallTimeP99' }).cases;
  expect(few?.reason).toContain('no p-value can be had: a run has fewer than 100 samples');
});

test('a longer tail is seen in the 99 % quantile and not in the median', () => {
  const tailed = (seed: number, tailNs: number): Side => {
    const one = caseEvidence('copy[n=1]', { seed, samples: 100 });
    const runs = one.runs.map((run, index) => {
      const gpuNs = (run.times.gpuTime as Float64Array).map((ns, i) => (i % 33 === 0 ? ns + tailNs : ns));
      return runEvidence([...gpuNs], { run: index + 1 });
    });
    return side([{ ...one, runs }]);
  };
  const metrics = compare(tailed(1, 0), tailed(2, 5e6)).cases[0]?.metrics ?? [];
  const ratio = (id: string): number => metrics.find((metric) => metric.id === id)?.ratio.value ?? Number.NaN;
  expect(ratio('wallTime')).toBeCloseTo(1, 2);
  expect(ratio('wallTimeP99')).toBeGreaterThan(4);
});

test('the sides keep what their reports say, and what was refused', () => {
  const refused = [{ path: 'b.json', message: 'Cannot read report "b.json": it is not JSON' }];
  const result = compare({ ...of({ seed: 1 }), refused }, of({ seed: 2, runs: 7 }));
  expect(result.baseline).toMatchObject({ label: 'metal', runs: 10, refused });
  expect(result.contender).toMatchObject({ label: 'guest', runs: 7 });
  expect(Object.keys(result.baseline.reports[0] ?? {})).not.toContain('processStartsMs');
});
