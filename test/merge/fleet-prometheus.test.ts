import { describe, expect, it } from 'vitest';
import { fleetPrometheus } from '../../src/merge/fleet-prometheus.ts';
import type { FleetReport } from '../../src/merge/fleet-report.ts';
import { HOSTILE_NAME } from '../export/hostile-report.ts';
import { type ReadSeries, readPrometheus } from '../export/read-prometheus.ts';
import { fleetExample } from './fleet-example.ts';

function exported(report: FleetReport): readonly ReadSeries[] {
  const { series, problems } = readPrometheus([...fleetPrometheus(report)].join(''));
  expect(problems).toEqual([]);
  return series;
}

const of = (series: readonly ReadSeries[], name: string): readonly ReadSeries[] =>
  series.filter((one) => one.name === `guestmark_fleet_${name}`);

describe('fleetPrometheus()', () => {
  it('counts what an alarm is set on, also where it is nothing', () => {
    const series = exported(fleetExample({ nodes: 20, cases: 4, outliers: 3, gaps: 2 }));
    expect(['nodes', 'cases', 'missing', 'refused_files'].map((name) => of(series, name)[0]?.value)).toEqual([
      20, 4, 2, 1,
    ]);
    const outliers = of(series, 'outliers').map(({ labels, value }) => [labels.verdict, labels.cause, value]);
    expect(outliers).toEqual([
      ['slower', 'gpu', 1],
      ['slower', 'guest', 1],
      ['slower', 'unexplained', 1],
      ['faster', 'gpu', 0],
      ['faster', 'guest', 0],
      ['faster', 'unexplained', 0],
    ]);
  });

  it('has the distribution of every case in seconds', () => {
    const report = fleetExample({ nodes: 20, cases: 4 });
    const series = of(exported(report), 'time_seconds');
    const [measure] = report.cases[1]?.measures ?? [];
    const quantiles = series.filter(
      ({ labels }) => labels.case === report.cases[1]?.id && labels.metric === 'gpuTime',
    );
    expect(quantiles.map(({ labels }) => labels.quantile)).toEqual([
      '0',
      '0.01',
      '0.05',
      '0.25',
      '0.5',
      '0.75',
      '0.95',
      '0.99',
      '1',
    ]);
    expect(quantiles[4]?.value).toBe((measure?.distribution.median as number) / 1e9);
  });

  it('says of a node what it is over all cases, and of an outlier what was found', () => {
    const report = fleetExample({ nodes: 60, cases: 4, outliers: 2 });
    const series = exported(report);
    expect(of(series, 'node_ratio').length).toBe(59);
    expect(of(series, 'node_steal_ratio').length).toBe(59);
    expect(of(series, 'outlier').map(({ labels, value }) => [labels.node, labels.cause, value])).toEqual([
      ['node-00001', 'gpu', 1],
      ['node-00002', 'guest', 1],
    ]);
    const findings = of(series, 'finding_ratio');
    expect(findings.length).toBe(report.outliers.flatMap(({ findings: all }) => all).length);
    expect(findings.filter(({ labels }) => labels.case === undefined).length).toBe(2);
  });

  it('grows by a few series a node', () => {
    const count = (nodes: number): number => exported(fleetExample({ nodes, cases: 8, outliers: 1 })).length;
    expect((count(300) - count(100)) / 200).toBeLessThanOrEqual(4);
  });

  it('takes any name, and a fleet of one node or none', () => {
    const names = exported(
      fleetExample({ nodes: 6, cases: 2, outliers: 1, names: (plain) => HOSTILE_NAME.slice(0, 300) + plain }),
    );
    expect(names.map(({ labels }) => labels.case ?? '').join('')).not.toMatch(/\p{Cc}/u);
    expect(of(exported(fleetExample({ nodes: 1 })), 'nodes')[0]?.value).toBe(1);
    expect(of(exported(fleetExample({ nodes: 0, cases: 0 })), 'nodes')[0]?.value).toBe(0);
  });
});
