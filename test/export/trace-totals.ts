// The sums of a trace against those of its report: nothing but rounding may lie between them.
import { expect } from 'vitest';
import { sampledRuns } from '../../src/report/case-samples.ts';
import type { Report } from '../../src/report/report.ts';
import type { SampleColumns, SparseColumn } from '../../src/suite/case-run.ts';
import type { CheckedEvent } from './validate-trace.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What the report says in all, by its raw columns alone. */
function totalsOf(
  report: Report,
  column: keyof SampleColumns,
  isDrawn: (i: number, s: SampleColumns) => boolean,
) {
  const values = report.results.flatMap(({ runs }) =>
    sampledRuns(runs).flatMap(({ samples }) =>
      (samples[column] as SparseColumn).filter((value, i) => value !== null && isDrawn(i, samples)),
    ),
  ) as number[];
  return { count: values.length, totalNs: sum(values) };
}

/** Sums of the trace against those of the report: nothing but rounding to a picosecond each lies between. */
export function expectSameTotals(report: Report, events: readonly CheckedEvent[]): void {
  const slices = (category: string): readonly number[] =>
    events.filter(({ ph, cat }) => ph === 'X' && cat === category).map(({ dur }) => dur * 1000);
  const gpu = totalsOf(report, 'gpuNs', (i, { deviceStartNs }) => (deviceStartNs[i] ?? null) !== null);
  const wall = totalsOf(report, 'wallNs', () => true);
  for (const [durationsNs, { count, totalNs }] of [
    [slices('gpu'), gpu],
    [slices('sample'), wall],
  ] as const) {
    expect(durationsNs.length).toBe(count);
    expect(Math.abs(sum(durationsNs) - totalNs)).toBeLessThanOrEqual(1e-3 * count + 1e-12 * totalNs);
  }
  for (const [name, column] of [
    ['stolen so far, at least', 'stealLowNs'],
    ['stolen so far, at most', 'stealHighNs'],
    ['run-queue wait so far', 'runQueueNs'],
    ['CPU time so far', 'cpuNs'],
  ] as const) {
    const { totalNs } = totalsOf(report, column, () => true);
    expect(finalSum(events, name)).toBeCloseTo(totalNs, 3 - Math.ceil(Math.log10(1 + totalNs) / 4));
  }
}

/** Of every process the value at its latest time, of equally late ones the last in the file. */
function finalSum(events: readonly CheckedEvent[], name: string): number {
  const latest = new Map<number, CheckedEvent>();
  for (const event of events.filter((one) => one.ph === 'C' && one.name === name)) {
    const known = latest.get(event.pid);
    if (known === undefined || event.ts >= known.ts) latest.set(event.pid, event);
  }
  return sum([...latest.values()].map(({ args }) => args.ns as number));
}
