import { describe, expect, it } from 'vitest';
import { timeSeries } from '../../src/report/time-series.ts';
import { lastingRun, SAMPLES } from './sample-course.ts';
import { caseResult, failedCase } from './sample-report.ts';

const stolen = Array.from({ length: SAMPLES }, (_, index) => (index < 300 ? 0 : 1e6));

describe('timeSeries()', () => {
  it('gives device time, wall time beyond it and steal of every run in spans of a second', () => {
    const run = lastingRun((index) => (index % 10 === 3 ? 90e6 : 8e6), { stealLowNs: stolen });
    const series = timeSeries([caseResult({ id: 'stability', runs: [run, { ...run, run: 2 }] })]);
    expect(series.map((one) => `${one.id} ${one.caseId} ${one.run} ${one.unit}`)).toEqual([
      'deviceTime stability 1 ns',
      'hostTime stability 1 ns',
      'stolenShare stability 1 ratio',
      'deviceTime stability 2 ns',
      'hostTime stability 2 ns',
      'stolenShare stability 2 ratio',
    ]);
    const [device, host, share] = series;
    expect(device?.points).toHaveLength(60);
    // One slow sample in ten does not move a median, and a submission has two iterations.
    expect(new Set(device?.points.map(({ value }) => value))).toEqual(new Set([4e6]));
    expect(new Set(host?.points.map(({ value }) => value))).toEqual(new Set([20_000]));
    expect(device?.points[1]?.atNs).toBeCloseTo(1.5e9, -8);
    expect(share?.points[0]?.value).toBe(0);
    expect(share?.points[59]?.value).toBeGreaterThan(0.05);
  });

  it('shows the wall time where the device tells none, and nothing of what is not known', () => {
    const none = Array(SAMPLES).fill(null);
    const run = lastingRun(() => 8e6, { gpuNs: none, stealLowNs: none });
    const series = timeSeries([caseResult({ runs: [run] })]);
    expect(series.map(({ id }) => id)).toEqual(['deviceTime']);
    expect(series[0]?.points[0]?.value).toBe((8e6 + 20_000) / 2);
  });

  it('is nothing for other cases, latencies, and runs that did not last', () => {
    const run = lastingRun(() => 8e6);
    expect(timeSeries([caseResult(), failedCase()])).toEqual([]);
    expect(timeSeries([caseResult({ kind: 'latency', runs: [run] })])).toEqual([]);
    expect(timeSeries([caseResult({ runs: [{ ...run, stopReason: 'interrupted' }] })])).toEqual([]);
  });
});
