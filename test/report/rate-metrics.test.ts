import { describe, expect, it } from 'vitest';
import { type RatedCase, rateMetrics } from '../../src/report/rate-metrics.ts';
import type { Metric } from '../../src/report/report.ts';
import { PLAIN, SUMMARY } from './sample-report.ts';

const time = (id: string, value: number): Metric => ({
  id,
  unit: 'ns',
  value,
  low: value / 2,
  high: value * 2,
  method: 'told',
});
const rated = (parts: Partial<RatedCase>): RatedCase => ({
  ...PLAIN,
  kind: 'throughput',
  bytes: null,
  flops: null,
  items: null,
  machine: SUMMARY.machine,
  ...parts,
});
const TIMES = [time('gpuTime', 100), time('wallTime', 200)];

describe('rateMetrics()', () => {
  it('turns the interval of the time around', () => {
    expect(rateMetrics(rated({ bytes: 1000 }), TIMES, true).metrics).toMatchObject([
      { id: 'bandwidth', value: 1e10, low: 0.5e10, high: 2e10 },
    ]);
  });

  it('names the unit of the items in a rate that is impossible, and the CPUs of a software device', () => {
    const machine = { software: true, cpuCount: 2 };
    const { metrics, impossible } = rateMetrics(rated({ items: 1e9, itemName: 'ops', machine }), TIMES, true);
    expect(metrics).toEqual([]);
    expect(impossible).toEqual([
      'itemRate would be 10.0 Pops/s, and no more than 3.07 Tops/s is possible: the most that 2 CPUs have',
    ]);
  });

  it('gives no rate where the clock of the device is wrong or the time may be 0', () => {
    const wanted = rated({ bytes: 1000, items: 2, showsItemTime: true });
    expect(rateMetrics(wanted, TIMES, false)).toMatchObject({
      metrics: [],
      rateless: ['bandwidth', 'itemRate'],
    });
    expect(rateMetrics(wanted, [{ ...time('gpuTime', 100), low: 0 }], true).metrics).toEqual([]);
    expect(rateMetrics(wanted, [time('wallTime', 100)], false).metrics.map(({ id }) => id)).toEqual([
      'bandwidth',
      'itemRate',
      'itemTime',
    ]);
  });

  it('has nothing without a time', () => {
    expect(rateMetrics(rated({ bytes: 1 }), [], true).metrics).toEqual([]);
  });
});
