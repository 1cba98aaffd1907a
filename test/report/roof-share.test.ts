import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { Roof, Roofs } from '../../src/report/derived.ts';
import type { CaseResult, Metric } from '../../src/report/report.ts';
import { roofUseOf, withRoofShare } from '../../src/report/roof-share.ts';
import { caseResult } from './sample-report.ts';

const roof = (value: number, caseId: string): Roof => ({ value, low: value / 2, high: value * 2, caseId });
const none = unavailable('not measured');
const ROOFS: Roofs = {
  bandwidth: available(roof(100e9, 'copy')),
  arithmetic: {
    f64: none,
    f32: available(roof(1000e9, 'fma-f32')),
    f16: none,
    matrix16: available(roof(8000e9, 'coopmat-f16-f32')),
    matrix8: none,
  },
};
const metric = (id: string, value: number, unit: Metric['unit']): Metric => ({
  id,
  unit,
  value,
  low: value * 0.9,
  high: value * 1.1,
  method: 'told',
});
const RATES = [metric('bandwidth', 50e9, 'B/s'), metric('arithmetic', 200e9, 'FLOP/s')];
const shareOf = (changes: Partial<CaseResult>, roofs = ROOFS): Metric | undefined =>
  withRoofShare(caseResult({ runs: [], metrics: RATES, ...changes }), roofs).metrics.find(
    ({ id }) => id === 'roofShare',
  );

describe('withRoofShare()', () => {
  it('holds a case below the ridge point against the bandwidth at its intensity', () => {
    const share = shareOf({ bytes: 1, flops: 4 });
    expect(share).toMatchObject({ value: 0.5, unit: 'ratio' });
    expect(share?.low).toBeCloseTo(0.45, 12);
    expect(share?.high).toBeCloseTo(0.55, 12);
    expect(share?.method).toContain('4.00 FLOP/B × the bandwidth roof, 100 GB/s of copy');
  });

  it('holds a case above the ridge point against the peak of its type', () => {
    expect(shareOf({ bytes: 1, flops: 40 })).toMatchObject({
      value: 0.2,
      method: expect.stringContaining('f32 roof'),
    });
    expect(shareOf({ bytes: 1, flops: 40, flopType: 'f64' })).toBe(undefined);
  });

  it('holds matrix units against matrix units', () => {
    const share = shareOf({ bytes: null, flops: 40, flopType: 'matrix16' });
    expect(share).toMatchObject({ value: 0.025, method: expect.stringContaining('coopmat-f16-f32') });
  });

  it('needs one roof only where a case does one thing only', () => {
    expect(
      shareOf({ bytes: 1, flops: null }, { ...ROOFS, arithmetic: { ...ROOFS.arithmetic, f32: none } }),
    ).toMatchObject({ value: 0.5 });
    expect(shareOf({ bytes: null, flops: 1 }, { ...ROOFS, bandwidth: none })).toMatchObject({ value: 0.2 });
    expect(shareOf({ bytes: 1, flops: 40 }, { ...ROOFS, bandwidth: none })).toBe(undefined);
  });

  it('gives none without a rate', () => {
    expect(shareOf({ bytes: 1, flops: 4, metrics: [] })).toBe(undefined);
  });
});

describe('roofUseOf()', () => {
  it('knows nothing above a latency, nor above what says neither bytes nor operations', () => {
    const base = caseResult({ bytes: 8, flops: 4 });
    expect(roofUseOf(base)).toEqual({ moves: true, computes: 'f32' });
    expect(roofUseOf({ ...base, kind: 'latency' })).toBe(null);
    expect(roofUseOf({ ...base, showsItemTime: true })).toBe(null);
    expect(roofUseOf({ ...base, category: 'host' })).toBe(null);
    expect(roofUseOf({ ...base, bytes: null, flops: 0 })).toBe(null);
  });
});
