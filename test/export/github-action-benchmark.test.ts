import { describe, expect, it } from 'vitest';
import { githubActionRates, githubActionTimes } from '../../src/export/github-action-benchmark.ts';
import type { Metric } from '../../src/report/report.ts';
import { sampleReport, skippedCase } from '../report/sample-report.ts';
import { named, textOf } from './collect-text.ts';
import { hostileReport } from './hostile-report.ts';

const REPORT = sampleReport();
const metric = (id: string): Metric | undefined => REPORT.results[0]?.metrics.find((one) => one.id === id);

describe('githubActionTimes()', () => {
  it('gives times with their interval', async () => {
    const entries = JSON.parse(
      await textOf(githubActionTimes(named({ ...REPORT, results: [...REPORT.results, skippedCase()] }))),
    );
    expect(entries.map(({ name }: { name: string }) => name)).toEqual(
      ['gpuTime', 'wallTime', 'correctedWallTime'].map(
        (id) => `copy[n=16Mi,WORKGROUP_SIZE=256] ${id} (Example GPU 9000)`,
      ),
    );
    const gpu = metric('gpuTime') as Metric;
    expect(entries[0]).toMatchObject({ unit: 'ns', value: gpu.value, range: `${gpu.low} to ${gpu.high}` });
    expect(entries[0].extra).toContain('5 runs, driver EXAMPLE 550.54.15; device time');
  });

  it('gives a name once: of the report that began last', async () => {
    const [result] = REPORT.results;
    if (result === undefined) throw new Error('no case');
    const slower = { ...result, metrics: result.metrics.map((one) => ({ ...one, value: 7 })) };
    const newer = { ...REPORT, startedAt: '2027-01-01T00:00:00.000Z', results: [slower] };
    for (const reports of [
      [REPORT, newer],
      [newer, REPORT],
    ]) {
      const entries = JSON.parse(await textOf(githubActionTimes(named(...reports))));
      expect(entries.map(({ value }: { value: number }) => value)).toEqual([7, 7, 7]);
    }
  });

  it('takes any name', async () => {
    const entries = JSON.parse(await textOf(githubActionTimes(named(hostileReport()))));
    for (const { name, value } of entries) {
      expect(name).not.toMatch(/\p{Cc}/u);
      expect(Number.isFinite(value)).toBe(true);
    }
  });
});

it('githubActionRates() gives rates in their unit', async () => {
  const entries = JSON.parse(await textOf(githubActionRates(named(REPORT))));
  expect(entries.map(({ unit, value }: { unit: string; value: number }) => [unit, value])).toEqual([
    ['B/s', metric('bandwidth')?.value],
    ['items/s', metric('itemRate')?.value],
  ]);
});
