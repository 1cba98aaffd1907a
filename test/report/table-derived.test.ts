import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { renderColumns } from '../../src/report/columns.ts';
import { deriveFigures } from '../../src/report/derive-figures.ts';
import { measuredRoofs } from '../../src/report/derive-roofline.ts';
import type { DerivedFigure } from '../../src/report/derived.ts';
import { painter } from '../../src/report/paint.ts';
import type { CaseResult, Metric } from '../../src/report/report.ts';
import { withRoofShare } from '../../src/report/roof-share.ts';
import { bestLines, rooflineRows } from '../../src/report/table-derived.ts';
import { caseResult } from './sample-report.ts';

const LAYOUT = { width: 100, paint: painter(false) };
const metric = (id: string, value: number, unit: Metric['unit']): Metric => ({
  id,
  unit,
  value,
  low: value,
  high: value,
  method: 'told',
});
const one = (id: string, parts: Partial<CaseResult>): CaseResult =>
  caseResult({ id, benchmark: id.replace(/\[.*/, ''), runs: [], bytes: null, items: null, ...parts });
const copy = (n: number, rate: number): CaseResult =>
  one(`copy[n=${n}]`, {
    category: 'memory',
    isRoof: true,
    bytes: 8,
    metrics: [metric('bandwidth', rate, 'B/s')],
  });
const sort = (n: number, rate: number): CaseResult =>
  one(`sort[n=${n}]`, {
    itemName: 'keys',
    bytes: 8,
    items: 1,
    metrics: [metric('itemRate', rate, '1/s'), metric('bandwidth', rate * 8, 'B/s')],
  });
const fma = one('fma-f32', { isRoof: true, flops: 9, metrics: [metric('arithmetic', 70e9, 'FLOP/s')] });

function report(cases: readonly CaseResult[]) {
  const roofs = measuredRoofs(cases);
  const results = cases.map((result) => withRoofShare(result, roofs));
  return { results, derived: deriveFigures(results, roofs, 1) };
}
const roofline = (cases: readonly CaseResult[]): string =>
  renderColumns([{}, { wraps: true }], rooflineRows(report(cases)), LAYOUT).join('\n');

describe('bestLines()', () => {
  it('gives each benchmark with several cases the figure of its field', () => {
    const cases = [copy(1, 10e9), copy(2, 14e9), sort(1, 2e6), sort(2, 1e6), fma];
    expect(bestLines(report(cases), LAYOUT).join('\n')).toMatchInlineSnapshot(`
      "best figures                in the case
      copy             14.0 GB/s  copy[n=2]
      sort          2.00 Mkeys/s  sort[n=1]"
    `);
  });

  it('adds what was fitted over the sizes, and leaves out what could not be', () => {
    const fitted = (id: 'startUpTime' | 'startUpRate', unit: 'ns' | 'B/s', value: number): DerivedFigure => ({
      id,
      benchmark: 'copy',
      unit,
      estimate: available({ value, low: value, high: value }),
      method: 'told',
      cases: ['a', 'b', 'c', 'd'],
    });
    const derived = [fitted('startUpTime', 'ns', 5_000), fitted('startUpRate', 'B/s', 10e9)];
    const text = bestLines({ results: [], derived }, LAYOUT).join('\n');
    expect(text).toContain('copy          5.00 µs + V / 10.0 GB/s  fitted over 4 sizes');
    const refused = derived.map((figure) => ({ ...figure, estimate: unavailable('no line') }));
    expect(bestLines({ results: [], derived: refused }, LAYOUT)).toEqual([]);
  });

  it('is empty where every benchmark has one case', () => {
    expect(bestLines(report([copy(1, 10e9), sort(1, 2e6), fma]), LAYOUT)).toEqual([]);
  });
});

describe('rooflineRows()', () => {
  it('gives the roofs, their ridge point, and how close the others came', () => {
    const triad = one('triad', { bytes: 12, flops: 2, metrics: [metric('arithmetic', 1e9, 'FLOP/s')] });
    expect(roofline([copy(1, 10e9), fma, sort(1, 5e8), triad])).toMatchInlineSnapshot(`
      "roofline  memory 10.0 GB/s (copy), f32 70.0 GFLOP/s (fma-f32) from 7.00 FLOP/B on
      reached   triad 60 %, sort 40 %"
    `);
  });

  it('is empty where only roofs were measured, or none', () => {
    expect(rooflineRows(report([copy(1, 10e9), fma]))).toEqual([]);
    expect(rooflineRows(report([sort(1, 5e8)]))).toEqual([]);
  });
});
