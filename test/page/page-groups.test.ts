import { describe, expect, it } from 'vitest';
import { estimateOf, groupsOf, partsOf, sideOf } from '../../src/page/page-groups.ts';
import { comparison } from '../compare/sample-comparison.ts';
import { sampleReport } from '../report/sample-report.ts';
import { likePattern, pageData } from './sample-page.ts';

const DATA = pageData([1, 3, 2].map((factor) => sampleReport({ results: [likePattern({}, factor)] })));
const [ALL] = groupsOf(DATA);
const [CASE] = DATA.cases;

describe('groupsOf()', () => {
  it('are the sides of a comparison by the order of their reports, also where both have the same file', () => {
    const whole = comparison();
    const [report] = whole.baseline.reports;
    if (report === undefined) throw new Error('no report');
    const baseline = {
      ...whole.baseline,
      reports: ['report-1.json', 'report-2.json'].map((path) => ({ ...report, path })),
    };
    const same = { ...DATA, reports: DATA.reports.map((one) => ({ ...one, label: 'report-1.json' })) };
    const groups = groupsOf({ ...same, comparison: { ...whole, baseline } });
    expect(groups.map(({ name, reports }) => [name, reports])).toEqual([
      ['baseline', [0, 1]],
      ['contender', [2]],
    ]);
    expect([0, 1, 2].map((index) => sideOf(groups, index))).toEqual(['baseline', 'baseline', 'contender']);
    expect(sideOf(groupsOf(DATA), 0)).toBeNull();
  });
});

describe('estimateOf()', () => {
  it('is the median with the least and the largest of several reports', () => {
    if (ALL === undefined || CASE === undefined) throw new Error('no group');
    const one = CASE.results[0]?.metrics.gpuTime?.[0] ?? Number.NaN;
    expect(estimateOf(CASE, ALL, 'gpuTime')).toEqual([2 * one, one, 3 * one]);
    expect(estimateOf(CASE, ALL, 'constructor')).toBeNull();
  });

  it('is the outermost of bounds, which hold the truth of every report', () => {
    if (ALL === undefined || CASE === undefined) throw new Error('no group');
    const [, low = 0, high = 0] = CASE.results[0]?.metrics.correctedWallTime ?? [];
    expect(estimateOf(CASE, ALL, 'correctedWallTime')?.slice(1)).toEqual([low, 3 * high]);
  });

  it('keeps the interval of a single report', () => {
    if (CASE === undefined) throw new Error('no case');
    const one = { name: 'all', label: '', reports: [1] } as const;
    expect(estimateOf(CASE, one, 'wallTime')).toEqual(CASE.results[1]?.metrics.wallTime);
  });
});

describe('partsOf()', () => {
  it('is the mean over reports', () => {
    if (ALL === undefined || CASE === undefined) throw new Error('no group');
    const device = (parts: ReturnType<typeof partsOf>): number =>
      parts.find(({ id }) => id === 'device')?.ns[0] ?? 0;
    const each = CASE.results.map((result) => device(result?.parts ?? []));
    expect(device(partsOf(CASE, ALL))).toBeCloseTo(each.reduce((sum, ns) => sum + ns, 0) / 3);
    expect(each[0]).toBeGreaterThan(0);
  });

  it('has no part that one of the reports leaves open', () => {
    if (ALL === undefined || CASE === undefined) throw new Error('no group');
    const [first, ...others] = CASE.results;
    if (first == null) throw new Error('no result');
    const open = { ...first, parts: first.parts.filter(({ id }) => id !== 'device') };
    const ids = partsOf({ ...CASE, results: [open, ...others] }, ALL).map(({ id }) => id);
    expect(ids).not.toContain('device');
    expect(ids).toEqual(open.parts.map(({ id }) => id));
  });
});
