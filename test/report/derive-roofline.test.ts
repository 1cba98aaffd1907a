import { describe, expect, it } from 'vitest';
import { measuredRoofs, rooflineFigures } from '../../src/report/derive-roofline.ts';
import type { CaseResult, Metric } from '../../src/report/report.ts';
import { caseResult } from './sample-report.ts';

const metric = (id: string, value: number, unit: Metric['unit']): Metric => ({
  id,
  unit,
  value,
  low: value * 0.5,
  high: value * 2,
  method: 'told',
});
const MEMORY = caseResult({
  id: 'copy[n=4]',
  isRoof: true,
  metrics: [metric('bandwidth', 100, 'B/s')],
  runs: [],
});
const PEAK = caseResult({
  id: 'fma-f32',
  benchmark: 'fma-f32',
  isRoof: true,
  bytes: null,
  flops: 10,
  metrics: [metric('arithmetic', 1000, 'FLOP/s')],
  runs: [],
});
const KERNEL: CaseResult = { ...PEAK, id: 'sgemm', benchmark: 'sgemm', isRoof: false, bytes: 1 };

const figures = (results: readonly CaseResult[]) => rooflineFigures(results, measuredRoofs(results));

describe('measuredRoofs()', () => {
  it('takes the highest of the benchmarks that are roofs, by type', () => {
    const roofs = measuredRoofs([
      MEMORY,
      PEAK,
      { ...PEAK, id: 'faster, and no roof', isRoof: false, metrics: [metric('arithmetic', 5000, 'FLOP/s')] },
      { ...PEAK, id: 'fma-f64', flopType: 'f64', metrics: [metric('arithmetic', 9, 'FLOP/s')] },
    ]);
    expect(roofs.bandwidth).toMatchObject({ value: { value: 100, caseId: 'copy[n=4]' } });
    expect(roofs.arithmetic.f32).toMatchObject({ value: { value: 1000, low: 500, caseId: 'fma-f32' } });
    expect(roofs.arithmetic.f64).toMatchObject({ value: { value: 9 } });
    expect(roofs.arithmetic.f16).toMatchObject({ available: false, reason: expect.stringContaining('f16') });
  });
});

describe('measuredRoofs() of memory', () => {
  it('leaves out small cases, which a cache may hold, but not a setting of the same size', () => {
    const at = (id: string, bytes: number, value: number): CaseResult => ({
      ...MEMORY,
      id,
      bytes,
      metrics: [metric('bandwidth', value, 'B/s')],
    });
    const cases = [at('small', 1e3, 900), at('large', 1e9, 100), at('large, other shape', 1e9, 110)];
    expect(measuredRoofs(cases).bandwidth).toMatchObject({
      value: { value: 110, caseId: 'large, other shape' },
    });
    const failed = { ...at('larger', 2e9, 50), status: 'failed' as const };
    expect(measuredRoofs([...cases, failed]).bandwidth).toMatchObject({ value: { value: 110 } });
  });

  it('leaves out a benchmark whose largest size is less than half of that of another', () => {
    const of = (benchmark: string, bytes: number, value: number): CaseResult => ({
      ...MEMORY,
      id: benchmark,
      benchmark,
      bytes,
      metrics: [metric('bandwidth', value, 'B/s')],
    });
    const [triad, read] = [of('triad', 1e9, 100), of('read', 5e8, 105)];
    expect(measuredRoofs([triad, read, of('roofline', 4e8, 900)]).bandwidth).toMatchObject({
      value: { value: 105, caseId: 'read' },
    });
  });
});

describe('rooflineFigures()', () => {
  it('gives roofs with their cases, and the intensity at which they meet', () => {
    expect(figures([MEMORY, PEAK, KERNEL])).toMatchObject([
      { id: 'roofBandwidth', unit: 'B/s', benchmark: null, cases: ['copy[n=4]'] },
      { id: 'roofArithmeticF32', unit: 'FLOP/s', cases: ['fma-f32'] },
      {
        id: 'ridgePointF32',
        unit: 'FLOP/B',
        estimate: { value: { value: 10, low: 2.5, high: 40 } },
        cases: ['fma-f32', 'copy[n=4]'],
      },
    ]);
  });

  it('says why a roof is missing, and which cases would need it', () => {
    expect(figures([KERNEL])).toMatchObject([
      {
        id: 'roofBandwidth',
        estimate: {
          available: false,
          reason: 'no case that measures the memory bandwidth has one in this report',
        },
        cases: ['sgemm'],
      },
      { id: 'roofArithmeticF32', estimate: { available: false }, cases: ['sgemm'] },
    ]);
  });

  it('has nothing to say about latencies and about cases that failed', () => {
    expect(
      figures([
        { ...KERNEL, kind: 'latency' },
        { ...MEMORY, status: 'failed' },
      ]),
    ).toEqual([]);
  });
});
