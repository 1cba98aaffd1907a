import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { bestCase, maxima } from '../../src/report/derive-maximum.ts';
import type { CaseResult, Metric } from '../../src/report/report.ts';
import { caseResult } from './sample-report.ts';

const metric = (id: string, value: number, unit: Metric['unit']): Metric => ({
  id,
  unit,
  value,
  low: value * 0.9,
  high: value * 1.1,
  method: 'told',
});
const one = (id: string, metrics: readonly Metric[], changes: Partial<CaseResult> = {}): CaseResult =>
  caseResult({ id, metrics, runs: [], ...changes });
const bandwidth = (id: string, value: number): CaseResult => one(id, [metric('bandwidth', value, 'B/s')]);

describe('maxima()', () => {
  it('takes the highest rate with the case that has it and its interval', () => {
    const [figure, ...others] = maxima('copy', [bandwidth('a', 10), bandwidth('b', 30), bandwidth('c', 20)]);
    expect(others).toEqual([]);
    expect(figure).toMatchObject({
      id: 'maximumBandwidth',
      benchmark: 'copy',
      unit: 'B/s',
      estimate: available({ value: 30, low: 27, high: 33 }),
      cases: ['b'],
    });
    expect(figure?.method).toContain('of the 3 cases');
  });

  it('gives every rate its own case', () => {
    const both = (id: string, moved: number, computed: number): CaseResult =>
      one(id, [metric('bandwidth', moved, 'B/s'), metric('arithmetic', computed, 'FLOP/s')]);
    const figures = maxima('sgemm', [both('a', 1, 9), both('b', 2, 8)]);
    expect(figures.map(({ id, cases }) => [id, cases])).toEqual([
      ['maximumBandwidth', ['b']],
      ['maximumArithmetic', ['a']],
    ]);
  });

  it('takes the shortest time where the time of an item is the point, and no rate', () => {
    const hop = (id: string, ns: number): CaseResult =>
      one(id, [metric('itemTime', ns, 'ns'), metric('itemRate', 1e9 / ns, '1/s')], { showsItemTime: true });
    expect(maxima('chase', [hop('a', 5), hop('b', 3)])).toMatchObject([
      { id: 'minimumItemTime', unit: 'ns', cases: ['b'] },
    ]);
  });

  it('has nothing of one case, nor of cases that failed', () => {
    expect(maxima('copy', [bandwidth('a', 10)])).toEqual([]);
    expect(maxima('copy', [bandwidth('a', 10), { ...bandwidth('b', 20), status: 'failed' }])).toEqual([]);
  });
});

describe('bestCase()', () => {
  it('leaves out what was not measured', () => {
    expect(bestCase([], 'bandwidth', 'highest')).toBe(null);
    expect(bestCase([bandwidth('a', 10)], 'arithmetic', 'highest')).toBe(null);
    const failed = { ...bandwidth('b', 99), status: 'failed' as const };
    expect(bestCase([bandwidth('a', 10), failed], 'bandwidth', 'highest')).toMatchObject({
      id: 'a',
      count: 1,
    });
  });
});
