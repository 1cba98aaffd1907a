import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { measuredRoofs } from '../../src/report/derive-roofline.ts';
import { METRIC_UNITS } from '../../src/report/metric-units.ts';
import { withRoofShare } from '../../src/report/roof-share.ts';
import { around, caseResult, caseRun, sampleColumns } from './sample-report.ts';

describe('METRIC_UNITS', () => {
  it('has every metric of a case in which everything was measured, and no other', () => {
    const times = around(4e6, 30);
    const samples = sampleColumns(times, { throttledNs: times.map(() => 0) });
    const steal = available({
      totalNs: 1e6,
      perCpuNs: { '0': 1e6 },
      tickNs: 1e7,
      note: null,
      cpus: [0],
      cpusReason: 'bound',
      ceilingNs: 2e7,
    });
    const runs = [caseRun({ samples, samplingSteal: steal })];
    const measured = caseResult({ flops: 1e9, isRoof: true, showsItemTime: true, runs });
    // A latency is below no roof, and what is below one shows no time of an item.
    const { metrics } = withRoofShare({ ...measured, showsItemTime: false }, measuredRoofs([measured]));
    const ownCost = available({ emptyNs: 200, emptyLowNs: 180, emptyHighNs: 300, callNs: 50, calls: 2 });
    const interrupts = available({ count: 30, perCpu: { '0': 30 }, sources: ['nvidia'] });
    const enough = sampleColumns(around(4e6, 100));
    const latency = caseResult({
      kind: 'latency',
      runs: [caseRun({ iterations: 1, samples: enough, ownCost, interrupts })],
    });
    const all = [...metrics, ...latency.metrics];
    expect(Object.fromEntries(all.map(({ id, unit }) => [id, unit]))).toEqual(METRIC_UNITS);
  });
});
