import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { DeviceState } from '../../src/device-state/device-state.ts';
import { summarizeReport } from '../../src/merge/summarize-report.ts';
import {
  around,
  caseResult,
  caseRun,
  failedCase,
  sampleColumns,
  sampleReport,
} from '../report/sample-report.ts';

describe('summarizeReport()', () => {
  it('keeps the median of each run by clock, and shares of the time', () => {
    const runs = [4e6, 5e6].map((gpuNs, run) => caseRun({ run, samples: sampleColumns(around(gpuNs, 31)) }));
    const { cases, state } = summarizeReport(sampleReport({ results: [caseResult({ runs })] }), 'a.json');
    const [[gpu, wall, corrected]] = cases.map(({ runMedians }) => runMedians) as [number[][]];
    // Ten iterations in a sample.
    expect(gpu?.map((ns) => Math.round(ns / 1e4))).toEqual([40, 50]);
    expect(wall?.map((ns, run) => Math.round(ns - (gpu?.[run] as number)))).toEqual([2000, 2000]);
    expect(corrected).toHaveLength(2);
    expect(cases[0]?.failure).toBeNull();
    expect(cases[0]?.rate).toMatchObject({ unit: 'B/s' });
    expect(state.stealShare.available && state.stealShare.value.low).toBe(0);
    expect(state.runQueueShare).toEqual(available(0));
    expect(state.throttledShare.available).toBe(false);
  });

  it('tells why a case was not measured', () => {
    const [one] = summarizeReport(sampleReport({ results: [failedCase()] }), 'a.json').cases;
    expect(one?.failure).toMatch(/its output is wrong before timing/);
    expect(one?.runMedians).toEqual([[], [], []]);
    const [pending] = summarizeReport(
      sampleReport({ results: [{ ...failedCase(), status: 'pending', runs: [] }] }),
      'a.json',
    ).cases;
    expect(pending?.failure).toBe('the run ended before it came to this case');
  });

  it('gives no time of a device whose timestamps cannot be true', () => {
    const samples = sampleColumns(around(4e6, 31));
    const late = { ...samples, gpuNs: samples.wallNs.map((ns) => ns * 2) };
    const results = [caseResult({ runs: [caseRun({ samples: late })] })];
    const [one] = summarizeReport(sampleReport({ results }), 'a.json').cases;
    expect(one?.runMedians.map(({ length }) => length)).toEqual([0, 1, 1]);
    expect(one?.rate).toBeNull();
  });

  it('reads clock, throttling, errors and link of the device of the report', () => {
    const unread = unavailable('not read');
    const state = (hertz: number): DeviceState => ({
      computeClockHz: available(hertz),
      memoryClockHz: unread,
      temperatureCelsius: unread,
      powerWatts: unread,
      throttleReasons: available(['power limit (software)']),
      busyRatio: unread,
      costNs: 1,
    });
    const address = '0000:81:00.0';
    const told = {
      unit: 'count',
      kind: 'count',
      description: '',
      source: '',
      step: null,
      wrapBits: null,
      scale: 1,
    } as const;
    const names = ['ecc:uncorrected', 'pcie:width', 'pcie:speed'].map(
      (name) => `gpu-nvml:${address}:${name}`,
    );
    const changes = [2, 8, 16e9].map((value, i) => ({
      name: names[i] as string,
      change: available(value),
      flags: [],
    }));
    const run = caseRun({
      deviceState: available({ before: state(1.2e9), after: state(1.4e9) }),
      counters: available({
        spanNs: 1,
        costNs: 1,
        changes: [
          ...changes,
          { ...changes[1], name: 'gpu-nvml:0000:01:00.0:pcie:width', change: available(4), flags: [] },
        ],
      }),
    });
    const report = sampleReport({ results: [caseResult({ runs: [run] })] });
    if (!report.device.available) throw new Error('the sample has a device');
    const device = available({ ...report.device.value, pciAddress: available(address) });
    const counters = [
      { id: 'gpu-nvml', title: '', counters: available(names.map((name) => ({ name, ...told }))) },
    ];
    expect(summarizeReport({ ...report, device, counters }, 'a.json').state).toMatchObject({
      computeClockHz: available(1.3e9),
      throttleReasons: ['power limit (software)'],
      eccErrors: available(2),
      linkWidth: available(8),
      linkGtps: available(16),
    });
  });
});
