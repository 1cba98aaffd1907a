import { describe, expect, it } from 'vitest';
import { rooflinePoints, sweepsOf } from '../../src/page/page-sweeps.ts';
import { comparison } from '../compare/sample-comparison.ts';
import { sampleReport } from '../report/sample-report.ts';
import { likePattern, pageData, sampleData } from './sample-page.ts';

describe('sweepsOf()', () => {
  it('finds the axis with three values, and orders by it', () => {
    const [sweep, ...others] = sweepsOf(sampleData());
    expect(others).toEqual([]);
    expect(sweep).toMatchObject({ benchmark: 'copy', axis: 'n', metric: 'bandwidth', left: 0 });
    expect(sweep?.curves.map(({ label, points }) => [label, points.map(({ x }) => x / 2 ** 20)])).toEqual([
      ['', [1, 4, 16]],
    ]);
  });

  it('makes a curve of every setting of the other axes, named by what differs', () => {
    const results = [64, 256].flatMap((size) =>
      [4, 2, 1].map((n) => likePattern({ id: `copy[n=${n},w=${size},u=1]`, axes: { n, w: size, u: 1 } })),
    );
    const [sweep] = sweepsOf(pageData([sampleReport({ results })]));
    expect(sweep?.curves.map(({ label, points }) => [label, points.length])).toEqual([
      ['w=64', 3],
      ['w=256', 3],
    ]);
  });

  it('draws both sides of a comparison', () => {
    const results = [4, 2, 1].map((n) => likePattern({ id: `copy[n=${n}]`, axes: { n } }));
    const whole = comparison();
    const baseline = {
      ...whole.baseline,
      reports: whole.baseline.reports.slice(0, 1),
    };
    const data = pageData([sampleReport({ results }), sampleReport({ results })], {
      comparison: { ...whole, baseline },
    });
    expect(sweepsOf(data)[0]?.curves.map(({ label }) => label)).toEqual(['baseline', 'contender']);
  });
});

describe('rooflinePoints()', () => {
  it('are the cases that move and compute', () => {
    expect(rooflinePoints(sampleData())).toEqual([
      { caseId: 'fma', caseIndex: 3, group: 'all', intensity: 64, rate: [2e9, 1.9e9, 2.2e9] },
    ]);
  });
});
