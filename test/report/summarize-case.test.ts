import { describe, expect, it } from 'vitest';
import type { Metric } from '../../src/report/report.ts';
import { type MeasuredCase, summarizeCase } from '../../src/report/summarize-case.ts';
import { around, caseRun, failedCase, fiveRuns, PLAIN, SUMMARY, sampleColumns } from './sample-report.ts';

function measured(changes: Partial<MeasuredCase> = {}): MeasuredCase {
  return {
    id: 'copy[n=1Mi]',
    benchmark: 'copy',
    axes: { n: 2 ** 20 },
    kind: 'throughput',
    bytes: null,
    flops: null,
    items: null,
    ...PLAIN,
    runs: fiveRuns(),
    ...changes,
  };
}

function metrics(changes: Partial<MeasuredCase> = {}): ReadonlyMap<string, Metric> {
  return new Map(summarizeCase(measured(changes), SUMMARY).metrics.map((metric) => [metric.id, metric]));
}

/** One run whose every submission takes `gpuNs` on the device and `wallNs` in all. */
const constant = (gpuNs: number | null, wallNs: number, iterations = 10): MeasuredCase['runs'] => [
  caseRun({
    iterations,
    samples: sampleColumns(Array(20).fill(gpuNs ?? 0), {
      gpuNs: Array(20).fill(gpuNs),
      wallNs: Array(20).fill(wallNs),
    }),
  }),
];

describe('summarizeCase()', () => {
  it('gives times per iteration, and per submission where the method says so', () => {
    const result = metrics({ runs: constant(4000, 5000, 10) });
    expect(result.get('gpuTime')).toMatchObject({ value: 400, low: 400, high: 400, unit: 'ns' });
    expect(result.get('wallTime')).toMatchObject({ value: 500 });
    expect(result.get('submitTime')).toMatchObject({ value: 5000 });
    expect(result.get('submitTime')?.method).toContain('per submission');
    expect(result.get('wakeUpTime')?.method).toContain('per submission');
    expect(result.get('gpuTime')?.method).toContain('per iteration');
  });

  it('takes the median of run medians with an interval around it', () => {
    const gpuTime = metrics().get('gpuTime') as Metric;
    expect(gpuTime.value).toBeCloseTo((4e6 + 3 * 4e3) / 10, -3);
    expect(gpuTime.low).toBeLessThan(gpuTime.value);
    expect(gpuTime.high).toBeGreaterThan(gpuTime.value);
    expect(gpuTime.method).toContain('median of 5 run medians');
  });

  it('gives the same numbers for the same seed, and other intervals for another case of the same samples', () => {
    expect(summarizeCase(measured(), SUMMARY)).toEqual(summarizeCase(measured(), SUMMARY));
    const other = metrics({ id: 'another' }).get('gpuTime');
    expect(other?.value).toBe(metrics().get('gpuTime')?.value);
    expect(other?.low).not.toBe(metrics().get('gpuTime')?.low);
  });

  it('divides bytes, operations and items by the GPU time, and turns the interval around', () => {
    const result = metrics({ bytes: 1e6, flops: 2e6, items: 10 });
    const gpuTime = result.get('gpuTime') as Metric;
    expect(result.get('bandwidth')).toMatchObject({
      unit: 'B/s',
      value: (1e6 / gpuTime.value) * 1e9,
      low: (1e6 / gpuTime.high) * 1e9,
    });
    expect(result.get('arithmetic')).toMatchObject({ unit: 'FLOP/s', value: (2e6 / gpuTime.value) * 1e9 });
    expect(result.get('itemRate')).toMatchObject({ unit: '1/s', high: (10 / gpuTime.low) * 1e9 });
    expect(result.get('bandwidth')?.method).toContain('gpuTime');
  });

  it('divides by the wall time where there is no GPU time, and says so', () => {
    const result = metrics({ bytes: 1000, runs: constant(null, 5000, 10) });
    expect(result.has('gpuTime')).toBe(false);
    expect(result.get('bandwidth')?.value).toBeCloseTo((1000 / 500) * 1e9, 0);
    expect(result.get('bandwidth')?.method).toContain('wallTime');
  });

  it('divides by the round trip in a latency case', () => {
    expect(
      metrics({ kind: 'latency', items: 1, runs: constant(2000, 10_000, 1) }).get('itemRate')?.value,
    ).toBeCloseTo(1e5, 6);
  });

  it('gives no rate of a time of 0, and says why', () => {
    const summary = summarizeCase(measured({ bytes: 1000, runs: constant(0, 5000) }), SUMMARY);
    expect(summary.metrics.map(({ id }) => id)).not.toContain('bandwidth');
    expect(summary.warnings.map(({ id }) => id)).toContain('no-rate');
  });

  it('gives the time of an item where that is the point', () => {
    const hops = { kind: 'throughput' as const, items: 100, runs: constant(4000, 5000, 10) };
    expect(metrics({ ...hops, showsItemTime: true }).get('itemTime')).toMatchObject({ value: 4, unit: 'ns' });
    expect(metrics(hops).has('itemTime')).toBe(false);
  });

  it('withholds a rate that no device has, and says so in words', () => {
    const summary = summarizeCase(
      measured({ bytes: 1e9, flops: 1e16, runs: constant(4e6, 5e6, 1) }),
      SUMMARY,
    );
    const ids = summary.metrics.map(({ id }) => id);
    expect([ids.includes('bandwidth'), ids.includes('arithmetic')]).toEqual([true, false]);
    expect(summary.warnings.find(({ id }) => id === 'impossible-rate')?.message).toBe(
      'arithmetic would be 2500 PFLOP/s, and no more than 10.0 PFLOP/s is possible: the most that a GPU has',
    );
  });

  it('gives no rate by timestamps that lie outside of the submission, and keeps the rate of a latency', () => {
    const wrong = { bytes: 1000, runs: constant(9000, 5000, 1) };
    const summary = summarizeCase(measured(wrong), SUMMARY);
    expect(summary.metrics.map(({ id }) => id)).not.toContain('bandwidth');
    expect(summary.warnings.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['device-timestamps', 'no-rate']),
    );
    expect(metrics({ ...wrong, kind: 'latency' }).has('bandwidth')).toBe(true);
  });

  it('says how many samples a figure rests on where some have no value', () => {
    const samples = sampleColumns(around(4e6, 20), {
      wakeUpNs: Array.from({ length: 20 }, (_, i) => (i < 5 ? 9000 : null)),
    });
    expect(metrics({ runs: [caseRun({ samples })] }).get('wakeUpTime')?.method).toContain(
      'known for 5 of 20 samples',
    );
  });

  it('leaves out what no sample has', () => {
    const unknown = Array(20).fill(null);
    const samples = sampleColumns(around(4e6, 20), {
      cpuNs: unknown,
      runQueueNs: unknown,
      stealLowNs: unknown,
      stealHighNs: unknown,
    });
    const result = metrics({ runs: [caseRun({ samples })] });
    for (const id of ['cpuTime', 'runQueueWait', 'stealLow', 'stealHigh']) expect(result.has(id)).toBe(false);
  });

  it('gives both bounds of the stolen share', () => {
    const samples = sampleColumns(Array(20).fill(1e6), {
      ledgerWallNs: Array(20).fill(1e6),
      stealLowNs: Array(20).fill(1e4),
      stealHighNs: Array(20).fill(3e4),
    });
    const result = metrics({ runs: [caseRun({ samples })] });
    expect(result.get('stealLow')).toMatchObject({ value: 0.01, unit: 'ratio' });
    expect(result.get('stealHigh')).toMatchObject({ value: 0.03 });
  });

  it('gives no figure at all after a wrong output, though another run went well', () => {
    expect(summarizeCase(measured({ runs: failedCase().runs }), SUMMARY)).toEqual({
      metrics: [],
      warnings: [],
    });
  });

  it('gives no figure of samples whose output was found wrong after timing', () => {
    const failure = { kind: 'verification' as const, message: 'wrong after timing', hint: null };
    const timed = caseRun({ status: 'failed', failure, verifiedAfter: 0 });
    expect(timed.samples?.wallNs.length).toBeGreaterThan(0);
    for (const runs of [[timed], [timed, caseRun({ run: 2 })]])
      expect(summarizeCase(measured({ runs }), SUMMARY)).toEqual({ metrics: [], warnings: [] });
  });
});
