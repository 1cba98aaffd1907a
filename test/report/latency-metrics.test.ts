import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { sampledRuns } from '../../src/report/case-samples.ts';
import { latencyMetrics } from '../../src/report/latency-metrics.ts';
import type { Metric } from '../../src/report/report.ts';
import type { CaseRun, SampleColumns } from '../../src/suite/case-run.ts';
import { caseRun, sampleColumns } from './sample-report.ts';

/** A run whose wall times are given, one operation a sample. */
function timed(
  wallNs: readonly number[],
  changes: Partial<CaseRun> = {},
  columns: Partial<SampleColumns> = {},
) {
  return caseRun({ iterations: 1, samples: sampleColumns(wallNs, { wallNs, ...columns }), ...changes });
}

function metrics(...runs: readonly CaseRun[]): ReadonlyMap<string, Metric> {
  return new Map(latencyMetrics(sampledRuns(runs)).map((metric) => [metric.id, metric]));
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe('latencyMetrics()', () => {
  it('gives the tails over the samples of all runs, in order and within their bounds', () => {
    const found = metrics(timed(upTo(50)), timed(upTo(100).slice(50)));
    expect(found.get('wallTimeP5')?.value).toBeCloseTo(5.95, 9);
    expect(found.get('wallTimeP95')?.value).toBeCloseTo(95.05, 9);
    expect(found.get('wallTimeP99')?.value).toBeCloseTo(99.01, 9);
    expect(found.get('wallTimeMax')).toMatchObject({ value: 100, low: 100, high: 100 });
    for (const id of ['wallTimeP5', 'wallTimeP95', 'wallTimeP99']) {
      const { low, value, high } = found.get(id) as Metric;
      expect(low < value && value <= high).toBe(true);
    }
    expect(found.get('wallTimeMax')?.method).toContain('the largest that was seen');
  });

  it('gives no quantile that would be an extreme by another name', () => {
    expect(metrics(timed(upTo(99))).has('wallTimeP99')).toBe(false);
    const few = metrics(timed(upTo(19)));
    expect([few.has('wallTimeP5'), few.has('wallTimeP95'), few.has('wallTimeMax')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('is per operation, and says that a mean of several hides single ones', () => {
    const max = metrics(timed(upTo(20), { iterations: 4 })).get('wallTimeMax');
    expect(max?.value).toBe(5);
    expect(max?.method).toContain('mean of 4 operations');
  });

  it('adds what the binding takes for every call to what the clocks take', () => {
    const cost = { emptyNs: 200, emptyLowNs: 150, emptyHighNs: 400, callNs: 50, calls: 3 };
    const found = metrics(
      timed([1], { ownCost: available(cost) }),
      timed([1], { ownCost: available({ ...cost, emptyNs: 220, emptyLowNs: 160, emptyHighNs: 300 }) }),
      timed([1], { ownCost: unavailable('no C library') }),
    ).get('ownTime');
    expect(found).toMatchObject({ unit: 'ns', value: 360, low: 300, high: 550 });
    expect(found?.method).toContain('median of 2 runs');
  });

  it('adds up shares of the time between the snapshots, with those of the runs as ends', () => {
    const one = timed([1, 1], {}, { ledgerWallNs: [100, 100], cpuNs: [50, 30], runQueueNs: [0, 20] });
    const other = timed([1, 1], {}, { ledgerWallNs: [100, 300], cpuNs: [40, null], runQueueNs: [0, 0] });
    const found = metrics(one, other);
    expect(found.get('cpuShare')).toMatchObject({ unit: 'ratio', value: 0.4, low: 0.4, high: 0.4 });
    expect(found.get('runQueueShare')).toMatchObject({ value: 20 / 600, low: 0, high: 0.1 });
    expect(found.get('cpuShare')?.method).toContain('that of the snapshots included');
  });

  it('counts switches and interrupts per sample', () => {
    const interrupts = available({ count: 6, perCpu: { '1': 6 }, sources: ['nvidia'] });
    const found = metrics(timed([1, 1, 1], { interrupts }, { voluntarySwitches: [1, 1, null] }));
    expect(found.get('switchesPerSample')).toMatchObject({ unit: 'count', value: 1 });
    expect(found.get('gpuInterrupts')).toMatchObject({ unit: 'count', value: 2, low: 2, high: 2 });
    expect(found.get('gpuInterrupts')?.method).toContain('nvidia');
  });

  it('leaves out what no run knows', () => {
    const none = [null, null];
    const unknown = { cpuNs: none, runQueueNs: none, voluntarySwitches: none };
    const ids = [...metrics(timed([1, 2], {}, unknown)).keys()];
    expect(ids).toEqual(['wallTimeMax']);
  });
});
