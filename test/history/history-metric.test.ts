import { describe, expect, it } from 'vitest';
import { chooseMetric, runsOfPoint, valueOfPoint } from '../../src/history/history-metric.ts';
import { caseEvidence, runEvidence } from '../compare/sample-sides.ts';

const CASE = caseEvidence('copy', { seed: 1, runs: 3 });
const WITHOUT_DEVICE = runEvidence([1e6], { times: { wallTime: Float64Array.of(1e6) } });

describe('chooseMetric()', () => {
  it('takes device time of a throughput, wall time of a latency, and of what a report has no device time of', () => {
    const metric = (changes: object): unknown => chooseMetric({ ...CASE, ...changes }, 'auto');
    expect(metric({})).toMatchObject({ value: { id: 'gpuTime', unit: 'ns', better: 'lower' } });
    expect(metric({ kind: 'latency' })).toMatchObject({ value: { id: 'wallTime' } });
    expect(metric({ runs: [...CASE.runs, WITHOUT_DEVICE] })).toMatchObject({ value: { id: 'wallTime' } });
  });

  it('makes rates of the main time, and says why there is none', () => {
    expect(chooseMetric(CASE, 'bandwidth')).toMatchObject({
      value: { id: 'bandwidth', unit: 'B/s', better: 'higher', time: 'gpuTime', amount: 1e6 },
    });
    expect(chooseMetric(CASE, 'arithmetic')).toEqual({
      available: false,
      reason: 'its benchmark does not say how many flops an iteration has',
    });
    const problems = ['crash', 'no rate: twice the work does not take twice the time'];
    expect(chooseMetric({ ...CASE, bytes: null, problems }, 'bandwidth')).toMatchObject({
      reason: problems[1],
    });
  });

  it('says why a case has no time', () => {
    const failed = { ...CASE, runs: [], problems: ['its output is wrong'] };
    expect(chooseMetric(failed, 'auto')).toMatchObject({ reason: 'its output is wrong' });
    expect(chooseMetric({ ...CASE, runs: [WITHOUT_DEVICE] }, 'gpuTime')).toMatchObject({
      reason: 'no report has a gpuTime of it',
    });
  });
});

describe('valueOfPoint()', () => {
  const options = { seed: 1, resamples: 300 };
  const point = (metric: Parameters<typeof chooseMetric>[1], one = CASE): ReturnType<typeof valueOfPoint> => {
    const chosen = chooseMetric(one, metric);
    const runs = chosen.available ? runsOfPoint(one, chosen.value) : null;
    if (!chosen.available || runs === null) throw new Error('the sample has it');
    return valueOfPoint(runs, chosen.value, options);
  };

  it('gives the median of run medians with its interval, the same for the same seed', () => {
    const runs = [1e6, 1.02e6, 1.1e6].map((ns) => runEvidence([ns, ns, ns]));
    const { value, low, high } = point('gpuTime', { ...CASE, runs }) ?? { value: 0, low: 0, high: 0 };
    expect([value, low, high]).toEqual([1.02e6, 1e6, 1.1e6]);
    expect(point('gpuTime')).toEqual(point('gpuTime'));
  });

  it('holds in a corrected wall time what the clocks leave open, and gives its upper end as value', () => {
    const { value, low, high } = point('correctedWallTime') ?? { value: 0, low: 0, high: 0 };
    const wall = point('wallTime');
    expect(value).toBe(wall?.value);
    expect(high).toBe(wall?.high);
    expect(low).toBeCloseTo((wall?.low ?? 0) - 2_000, 0);
  });

  it('divides by the ends of the time the other way round, and gives no rate of a time that may be 0', () => {
    const [time, rate] = [point('gpuTime'), point('bandwidth')];
    expect(rate?.low).toBeCloseTo(1e15 / (time?.high ?? 0), 0);
    expect(rate?.high).toBeCloseTo(1e15 / (time?.low ?? 0), 0);
    expect(point('bandwidth', { ...CASE, runs: [runEvidence([0, 0, 5])] })).toBeNull();
  });
});
