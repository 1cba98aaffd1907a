import { describe, expect, it } from 'vitest';
import { startUpFigures, startUpFit } from '../../src/report/derive-start-up.ts';
import type { CaseResult } from '../../src/report/report.ts';
import { around, caseResult, caseRun, sampleColumns } from './sample-report.ts';

const SIZES = [2 ** 12, 2 ** 16, 2 ** 20, 2 ** 24];
/** 5 µs and 10 GB/s. */
const trueNs = (bytes: number): number => 5_000 + bytes / 10;

/** Its metrics tell only that there is a device time. */
const BASE = caseResult({ fitsStartUp: 'n', runs: [caseRun()] });

function sized(bytes: number, ns: number, axes: Record<string, number> = {}): CaseResult {
  const runs = [1, 2, 3].map((run) =>
    caseRun({ run, iterations: 1, samples: sampleColumns(around(ns, 20, 0.02)) }),
  );
  return { ...BASE, id: `copy[n=${bytes}]`, axes: { n: bytes, ...axes }, bytes, runs };
}

describe('startUpFigures()', () => {
  it('finds the start-up time and the rate behind it, within their intervals', () => {
    const figures = startUpFigures(
      'copy',
      SIZES.map((bytes) => sized(bytes, trueNs(bytes))),
      1,
    );
    expect(figures).toMatchObject([
      { id: 'startUpTime', unit: 'ns', benchmark: 'copy', cases: SIZES.map((bytes) => `copy[n=${bytes}]`) },
      { id: 'startUpRate', unit: 'B/s' },
    ]);
    const [time, rate] = figures.map(({ estimate }) => (estimate.available ? estimate.value : undefined));
    expect(time?.value).toBeCloseTo(5_000, -2);
    expect(rate?.value).toBeGreaterThan(9.9e9);
    expect(rate?.value).toBeLessThan(10.1e9);
    for (const [estimate, truth] of [
      [time, 5_000],
      [rate, 10e9],
    ] as const) {
      expect(estimate?.low).toBeLessThan(truth);
      expect(estimate?.high).toBeGreaterThan(truth);
    }
  });

  it('gives the same interval for the same seed, and another one for another', () => {
    const cases = SIZES.map((bytes) => sized(bytes, trueNs(bytes)));
    expect(startUpFigures('copy', cases, 1)).toEqual(startUpFigures('copy', cases, 1));
    expect(startUpFigures('copy', cases, 1)).not.toEqual(startUpFigures('copy', cases, 2));
  });

  it('fits every setting of the other axes on its own', () => {
    const settings = [1, 2].flatMap((width) => SIZES.map((bytes) => sized(bytes, trueNs(bytes), { width })));
    expect(startUpFigures('copy', settings, 1).map(({ cases }) => cases.length)).toEqual([4, 4, 4, 4]);
  });

  it('takes the wall time of a latency', () => {
    const cases = SIZES.map((bytes): CaseResult => ({ ...sized(bytes, trueNs(bytes)), kind: 'latency' }));
    const [time] = startUpFigures('copy', cases, 1);
    expect(time?.estimate.available && time.estimate.value.value).toBeCloseTo(25_000, -3);
  });

  it.each([
    [
      'too few sizes',
      SIZES.slice(1).map((bytes) => sized(bytes, trueNs(bytes))),
      '3 of at least 4 sizes were measured',
    ],
    [
      'times that are no line',
      SIZES.map((bytes, index) => sized(bytes, index % 2 === 0 ? 1e5 : 1e3)),
      'the times are no straight line over the sizes',
    ],
    [
      'times that do not grow',
      SIZES.map((bytes, index) => sized(bytes, 1e6 * (1 - index / 30))),
      'the times do not grow with the sizes',
    ],
  ])('refuses %s', (_, cases, reason) => {
    for (const { estimate } of startUpFigures('copy', cases, 1))
      expect(estimate).toMatchObject({ available: false, reason: expect.stringContaining(reason) });
  });

  it('leaves out benchmarks that ask for no fit and cases that failed', () => {
    const cases = SIZES.map((bytes) => sized(bytes, trueNs(bytes)));
    expect(
      startUpFigures(
        'copy',
        cases.map((one) => ({ ...one, fitsStartUp: null })),
        1,
      ),
    ).toEqual([]);
    expect(
      startUpFigures(
        'copy',
        cases.map((one) => ({ ...one, status: 'failed' as const })),
        1,
      ),
    ).toEqual([]);
  });
});

describe('startUpFit()', () => {
  it('refuses times that grow faster than the sizes', () => {
    const cases = [10, 11, 12, 13].map((bytes) => ({ bytes, runs: [Float64Array.of(bytes - 9)] }));
    expect(startUpFit(cases, 1)).toMatchObject({
      available: false,
      reason: 'the times grow faster than the sizes, so no start-up time shows',
    });
  });
});
