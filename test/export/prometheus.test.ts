import { describe, expect, it } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { prometheus } from '../../src/export/prometheus.ts';
import type { Metric, Report } from '../../src/report/report.ts';
import { failedCase, sampleReport, skippedCase } from '../report/sample-report.ts';
import { named, textOf } from './collect-text.ts';
import { HOSTILE_NAME, hostileReport } from './hostile-report.ts';
import { type ReadSeries, readPrometheus } from './read-prometheus.ts';

const REPORT = sampleReport();

async function exported(...reports: readonly Report[]): Promise<readonly ReadSeries[]> {
  const { series, problems } = readPrometheus(await textOf(prometheus(named(...reports))));
  expect(problems).toEqual([]);
  return series;
}

const figure = (series: readonly ReadSeries[], name: string): number | undefined =>
  series.find((one) => one.name === name)?.value;

describe('prometheus()', () => {
  it('writes metrics in base units with both ends of their interval', async () => {
    const series = await exported(REPORT);
    const metric = (id: string): Metric | undefined =>
      REPORT.results[0]?.metrics.find((one) => one.id === id);
    const gpu = metric('gpuTime') as Metric;
    expect(figure(series, 'guestmark_gpu_time_seconds')).toBe(gpu.value / 1e9);
    expect(figure(series, 'guestmark_gpu_time_low_seconds')).toBe(gpu.low / 1e9);
    expect(figure(series, 'guestmark_gpu_time_high_seconds')).toBe(gpu.high / 1e9);
    expect(figure(series, 'guestmark_bandwidth_bytes_per_second')).toBe(metric('bandwidth')?.value);
    expect(figure(series, 'guestmark_steal_high_ratio')).toBe(metric('stealHigh')?.value);
  });

  it('summarizes the samples of all runs', async () => {
    const series = await exported(REPORT);
    const own = series.filter(({ name }) => name.startsWith('guestmark_sample_gpu_time_seconds'));
    expect(own.map(({ labels }) => labels.quantile)).toEqual(['0.5', '0.95', '0.99', undefined, undefined]);
    const all = (REPORT.results[0]?.runs ?? []).flatMap(({ samples }) => samples?.gpuNs ?? []) as number[];
    const perIteration = all.map((ns) => ns / 10 / 1e9);
    expect(own[3]?.value).toBeCloseTo(
      perIteration.reduce((sum, one) => sum + one, 0),
      12,
    );
    expect(own[4]?.value).toBe(150);
    expect(own[0]?.value).toBeGreaterThan(Math.min(...perIteration));
    expect(own[2]?.value).toBeLessThan(Math.max(...perIteration));
  });

  it('says what was measured on, when, and whether it went well', async () => {
    const series = await exported(REPORT);
    expect(series.find(({ name }) => name === 'guestmark_run_info')?.labels).toMatchObject({
      host: 'guest-1',
      device: 'Example GPU 9000',
      pci_address: '0000:01:00.0',
      driver: 'EXAMPLE 550.54.15',
      tier: 'A',
      version: '0.1.0',
    });
    expect(figure(series, 'guestmark_last_run_timestamp_seconds')).toBe(Date.UTC(2026, 0, 2, 3, 5, 5) / 1000);
    expect(figure(series, 'guestmark_last_run_success')).toBe(1);
    expect(figure(series, 'guestmark_case_success')).toBe(1);
  });

  it.each([
    ['a failed case', { results: [...REPORT.results, failedCase()] }],
    ['nothing measured', { results: [skippedCase()] }],
    ['an interrupted run', { status: 'partial' as const }],
    [
      'a validation message',
      { validation: { enabled: true, messages: [{ run: 1, severity: 'error', id: 'x', message: 'x' }] } },
    ],
  ])('is no success: %s', async (_, changes) => {
    expect(figure(await exported({ ...REPORT, ...changes }), 'guestmark_last_run_success')).toBe(0);
  });

  it('leaves out what is not known', async () => {
    const series = await exported({
      ...REPORT,
      device: unavailable('none'),
      results: [skippedCase(), failedCase()],
    });
    expect(
      series.filter(({ labels }) => labels.case !== undefined).map(({ name, value }) => [name, value]),
    ).toEqual([['guestmark_case_success', 0]]);
    expect(series[0]?.labels.device).toBeUndefined();
  });

  it('has the last report of a case on a device alone, in whatever order they come', async () => {
    const older = {
      ...REPORT,
      startedAt: '2025-01-01T00:00:00.000Z',
      finishedAt: '2025-01-01T00:01:00.000Z',
    };
    const other = { ...REPORT, system: { ...REPORT.system, hostname: 'guest-2' } };
    const both = await exported(REPORT, older, other);
    const ends = both.filter(({ name }) => name === 'guestmark_last_run_timestamp_seconds');
    expect(ends.map(({ labels, value }) => [labels.host, new Date(value * 1000).getUTCFullYear()])).toEqual([
      ['guest-1', 2026],
      ['guest-2', 2026],
    ]);
    expect(await exported(older, REPORT, other)).toEqual(both);
  });

  it('takes any name', async () => {
    const series = await exported(hostileReport(), hostileReport());
    const names = series.map(({ labels }) => labels.case).filter((name) => name !== undefined);
    expect(names[0]?.slice(0, 60)).toBe(HOSTILE_NAME.slice(0, 60));
    expect(names.join('')).not.toMatch(/\p{Cc}/u);
  });

  it('writes nothing that is no finite number', async () => {
    const [result] = REPORT.results;
    if (result === undefined) throw new Error('no case');
    const metrics = result.metrics.map((metric) => ({
      ...metric,
      value: Number.NaN,
      high: Number.POSITIVE_INFINITY,
    }));
    const series = await exported({ ...REPORT, results: [{ ...result, metrics }] });
    expect(figure(series, 'guestmark_gpu_time_seconds')).toBeUndefined();
    expect(figure(series, 'guestmark_gpu_time_low_seconds')).toBeDefined();
  });
});

describe('the reader of the format', () => {
  const head = '# HELP a help\n# TYPE a gauge\n';
  it.each([
    ['cannot be read', `${head}a{x="y} 1\n`],
    ['cannot be read', `${head}a{x="\\u0001"} 1\n`],
    ['cannot be read', `${head}a 1 1700000000\n`],
    ['no finite value', `${head}a NaN\n`],
    ['twice', `${head}a{x="1",y="2"} 1\na{y="2",x="1"} 2\n`],
    ['two families', `${head}a 1\n${head}a{x="1"} 1\n`],
    ['not in its family', `${head}b 1\n`],
    ['no line feed', `${head}a 1`],
    ['no help', '# TYPE a gauge\na 1\n'],
    ['for summaries', `${head}a{quantile="1"} 1\n`],
    ['no base unit', '# HELP a_milliseconds h\n# TYPE a_milliseconds gauge\n'],
    ['abbreviates', '# HELP a_ms h\n# TYPE a_ms gauge\n'],
    ['_total', '# HELP a_total h\n# TYPE a_total gauge\n'],
    ['suffix of summaries', '# HELP a_count h\n# TYPE a_count gauge\n'],
  ])('finds: %s', (problem, text) => {
    expect(readPrometheus(text).problems.join('; ')).toContain(problem);
  });
});
