import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { trace } from '../../src/export/trace.ts';
import type { CaseResult, Report } from '../../src/report/report.ts';
import type { SampleColumns } from '../../src/suite/case-run.ts';
import { caseResult, caseRun, failedCase, sampleColumns, sampleReport } from '../report/sample-report.ts';
import { named, textOf } from './collect-text.ts';
import { hostileReport } from './hostile-report.ts';
import { expectSameTotals } from './trace-totals.ts';
import { type CheckedEvent, type TraceFile, traceProblems } from './validate-trace.ts';

const REPORT = sampleReport();

async function traced(...reports: readonly Report[]): Promise<{ events: CheckedEvent[]; file: TraceFile }> {
  const text = await textOf(trace(named(...reports)));
  expect(traceProblems(text)).toEqual([]);
  const file = JSON.parse(text) as TraceFile;
  return { events: file.traceEvents as unknown as CheckedEvent[], file };
}

describe('trace()', () => {
  it('nests submission and wait in their sample, and leads an arrow from there to the kernel', async () => {
    const { events } = await traced(REPORT);
    const first = events.filter(({ ph, ts, pid }) => ph === 'X' && pid === 1 && ts < 4000);
    const names = first.map(({ name }) => name);
    expect(names).toContain('copy[n=16Mi,WORKGROUP_SIZE=256]');
    expect(names.slice(-3)).toEqual(['copy[n=16Mi,WORKGROUP_SIZE=256]', 'vkQueueSubmit', 'wait (spin)']);
    const [sample, submit, wait] = first.slice(-3) as [CheckedEvent, CheckedEvent, CheckedEvent];
    expect([submit.ts, submit.dur, wait.ts]).toEqual([sample.ts, 5, sample.ts + 5]);
    expect(sample.args).toMatchObject({
      sample: 0,
      run: 1,
      iterations: 10,
      stealLowNs: 0,
      splitUncertaintyNs: 500,
    });
    const kernel = events.find(({ ph, cat }) => ph === 'X' && cat === 'gpu') as CheckedEvent;
    expect(kernel.ts).toBe(sample.ts + 11);
    const flows = events.filter(({ ph }) => ph === 's' || ph === 'f');
    expect(flows.slice(0, 2).map(({ ph, pid, ts }) => [ph, pid, ts])).toEqual([
      ['s', sample.pid, sample.ts],
      ['f', kernel.pid, kernel.ts],
    ]);
  });

  it('has the totals of the report', async () => {
    const report = { ...REPORT, results: [...REPORT.results, failedCase()] };
    const { events, file } = await traced(report);
    expectSameTotals(report, events);
    expect(file.otherData).toMatchObject({
      tool: 'guestmark',
      schemaVersion: '1.5',
      reports: [{ startedAt: report.startedAt, totals: { samples: 150, kernels: 150 } }],
    });
  });

  it('draws no kernel whose place is not known, and says why', async () => {
    const samples = sampleColumns([1e6, 1e6], { deviceStartNs: [null, 11_000], gpuNs: [1e6, null] });
    const run = caseRun({ samples });
    const { events, file } = await traced(sampleReport({ results: [caseResult({ runs: [run] })] }));
    expect(events.filter(({ cat }) => cat === 'gpu')).toEqual([]);
    const told = events.filter(({ cat }) => cat === 'sample').map(({ args }) => args.kernel);
    expect(told).toEqual([
      'not drawn: when the device began is not known: this sample has no place on the clock of the CPU',
      'not drawn: the device time of this sample is not known',
    ]);
    expect(file.otherData.reports[0]?.totals).toMatchObject({
      kernels: 0,
      notDrawn: { samples: 0, kernels: 2, gpuNs: 1e6 },
    });
  });

  it('moves everything where something would be before 0', async () => {
    const samples = sampleColumns([1e6], { deviceStartNs: [-2500] });
    const { events, file } = await traced(
      sampleReport({ results: [caseResult({ runs: [caseRun({ samples })] })] }),
    );
    expect(file.otherData.reports[0]?.shiftNs).toBe(2500);
    expect(events.find(({ cat }) => cat === 'gpu')?.ts).toBe(0);
    // A kernel that seems to begin before its submission has no arrow.
    expect(events.filter(({ ph }) => ph === 's')).toEqual([]);
  });

  it('puts kernels that overlap on a further track, and tells by how much', async () => {
    const samples = sampleColumns([1e6, 1e6], { deviceStartNs: [11_000, 1_010_500] });
    const { events } = await traced(
      sampleReport({ results: [caseResult({ runs: [caseRun({ samples })] })] }),
    );
    const kernels = events.filter(({ cat }) => cat === 'gpu');
    expect(kernels.map(({ args }) => args.overlapNs)).toEqual([undefined, 500]);
    expect(new Set(kernels.map(({ tid }) => tid)).size).toBe(2);
  });

  it('counts what it leaves out where everything overlaps', async () => {
    const samples = sampleColumns(Array(100).fill(1e6), {
      startNs: Array(100).fill(0),
      deviceStartNs: Array(100).fill(0),
    });
    const { file } = await traced(sampleReport({ results: [caseResult({ runs: [caseRun({ samples })] })] }));
    expect(file.otherData.reports[0]?.totals).toMatchObject({
      samples: 32,
      kernels: 32,
      notDrawn: { samples: 68, kernels: 68, gpuNs: 68e6 },
    });
  });

  it('draws stalls once, and what the device told of itself', async () => {
    const reading = (hertz: number) => ({
      computeClockHz: available(hertz),
      memoryClockHz: unavailable('not told'),
      temperatureCelsius: available(60),
      powerWatts: unavailable('not told'),
      throttleReasons: available([]),
      busyRatio: unavailable('not told'),
      costNs: 1000,
    });
    const stall = {
      startNs: 1000,
      durationNs: 5000,
      cause: 'steal',
      ledger: unavailable('no ledger'),
    } as const;
    const run = caseRun({
      stalls: available([stall]),
      deviceState: available({ before: reading(1.5e9), after: reading(1.4e9) }),
    });
    const other = caseResult({
      id: 'other',
      runs: [{ ...run, samples: sampleColumns([1e6], { startNs: [500e6] }) }],
    });
    const { events } = await traced(sampleReport({ results: [caseResult({ runs: [run] }), other] }));
    expect(events.filter(({ name }) => name === 'stall: steal').map(({ ts, dur }) => [ts, dur])).toEqual([
      [1, 5],
    ]);
    const clocks = events.filter(({ name }) => name === 'compute clock').map(({ args }) => args.Hz);
    expect(clocks).toEqual([1.5e9, 1.4e9, 1.5e9, 1.4e9]);
    expect(events.some(({ name }) => name === 'power')).toBe(false);
  });

  it('sets reports side by side, with numbers of their own', async () => {
    const report = REPORT;
    const { events, file } = await traced(report, { ...report, startedAt: '2020-01-01T00:00:00.000Z' });
    expect(file.otherData.reports.length).toBe(2);
    const names = events.filter(({ name }) => name === 'process_name').map(({ pid }) => pid);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBe(12);
  });

  it('puts runs one behind the other where the clock was set between them', async () => {
    const [process] = REPORT.processes;
    if (process === undefined) throw new Error('no process');
    const processes = [process, { ...process, run: 2, startedAt: '2020-01-01T00:00:00.000Z' }];
    const { file } = await traced({ ...REPORT, processes });
    expect(file.otherData.reports[0]?.runs).toMatchObject([
      { run: 1, originNs: 0, byCalendar: true, processes: 1 },
      { run: 2, originNs: 9e9, byCalendar: false, processes: 1 },
      ...[3, 4, 5].map((run) => ({ run, byCalendar: false, processes: 0 })),
    ]);
  });

  it('sets the processes of a run that was continued beside each other, each at its own time', async () => {
    const [first, second] = ['2026-01-02T03:04:06.000Z', '2026-01-02T05:00:00.000Z'];
    const samples = sampleColumns([1e6, 1e6]);
    const report = sampleReport({
      results: [
        caseResult({ runs: [caseRun({ samples, processStartedAt: first })] }),
        caseResult({ id: 'other', runs: [caseRun({ samples, processStartedAt: second })] }),
      ],
      // The first one was killed with its parent, and left no record.
      processes: [{ ...(REPORT.processes[0] as Report['processes'][number]), startedAt: second }],
    });
    const { events, file } = await traced(report);
    expectSameTotals(report, events);
    expect(file.otherData.reports[0]?.runs).toMatchObject([
      { run: 1, part: 1, originNs: 1e9, byCalendar: true },
      { run: 1, part: 2, originNs: 6955e9, byCalendar: true },
    ]);
    const names = events.filter(({ name }) => name === 'process_name').map(({ args }) => args?.name);
    expect(names).toContain('host guest-1, run 1, process 2');
    const starts = events.filter(({ ph, cat }) => ph === 'X' && cat === 'gpu').map(({ ts }) => ts);
    expect(starts).toEqual([1e6 + 11, 1e6 + 1041, 6955e6 + 11, 6955e6 + 1041]);
  });

  it('takes any name, and reports without samples', async () => {
    const hostile = hostileReport();
    const { events } = await traced(hostile);
    expectSameTotals(hostile, events);
    const { file } = await traced(sampleReport({ results: [], processes: [] }));
    expect(file.traceEvents.length).toBeGreaterThan(0);
  });

  it('is valid and complete whatever the columns hold', async () => {
    const ns = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.double({ min: 0, max: 1e10, noNaN: true }));
    const sparse = fc.option(ns, { freq: 3 });
    const sample = fc.record({
      startNs: ns,
      wallNs: ns,
      submitNs: sparse,
      gpuNs: sparse,
      deviceStartNs: fc.option(fc.double({ min: -1e6, max: 1e10, noNaN: true }), { freq: 3 }),
      stealLowNs: sparse,
      stealHighNs: sparse,
      runQueueNs: sparse,
      cpuNs: sparse,
    });
    const runs = fc.array(fc.array(sample, { maxLength: 15 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(runs, runs, async (first, second) => {
        const results = [first, second].map((measured, i) => ({
          ...(REPORT.results[0] as CaseResult),
          id: `case ${i}`,
          runs: measured.map((samples, j) => caseRun({ run: j + 1, samples: columnsOf(samples) })),
        }));
        const report = sampleReport({ results });
        const { events } = await traced(report);
        expectSameTotals(report, events);
      }),
      { numRuns: 60 },
    );
  });
});

type Sample = Partial<Record<keyof SampleColumns, number | null>>;

function columnsOf(samples: readonly Sample[]): SampleColumns {
  const plain = sampleColumns(samples.map(() => 0));
  const keys = Object.keys(samples[0] ?? {}) as (keyof SampleColumns)[];
  return {
    ...plain,
    ...Object.fromEntries(keys.map((key) => [key, samples.map((one) => one[key] ?? null)])),
  };
}
