import { describe, expect, it } from 'vitest';
import { fleetCsv } from '../../src/merge/fleet-csv.ts';
import type { FleetReport } from '../../src/merge/fleet-report.ts';
import { HOSTILE_NAME } from '../export/hostile-report.ts';
import { readTable } from '../export/read-csv.ts';
import { fleetExample } from './fleet-example.ts';

function table(report: FleetReport): ReturnType<typeof readTable> {
  return readTable([...fleetCsv(report)].join(''));
}

describe('fleetCsv()', () => {
  it('has a row for every value, and one that says why for a node without any', () => {
    const report = fleetExample({ nodes: 6, cases: 2, outliers: 1 });
    const rows = table(report);
    // Five nodes have three times in each case, the sixth has a reason.
    expect(rows.length).toBe(2 * (5 * 3 + 1));
    const [measure] = report.cases[0]?.measures ?? [];
    const [first] = rows;
    expect(first).toMatchObject({ node: 'node-00001', case: report.cases[0]?.id, metric: 'gpuTime' });
    expect(Number(first?.value_ns)).toBe(measure?.values[0]);
    expect(Number(first?.ratio)).toBe(
      (measure?.values[0] as number) / (measure?.distribution.median as number),
    );
    expect(first).toMatchObject({ finding: 'slower', outlier: 'slower', cause: 'gpu', problem: '' });
    expect(rows.find(({ node }) => node === 'node-00002')).toMatchObject({
      finding: '',
      outlier: '',
      cause: '',
    });
    expect(rows.filter(({ problem }) => problem !== '')).toMatchObject([
      { node: 'node-00006', metric: '', value_ns: '', problem: 'the device lacks shaderInt64' },
      { node: 'node-00006', metric: '', value_ns: '', problem: 'the device lacks shaderInt64' },
    ]);
  });

  it('takes any name, and a fleet without cases', () => {
    const rows = table(fleetExample({ nodes: 5, cases: 1, names: () => HOSTILE_NAME }));
    expect(rows.length).toBe(4 * 3 + 1);
    expect(rows[0]?.node?.startsWith("'=cmd")).toBe(true);
    expect(table(fleetExample({ cases: 0 }))).toEqual([]);
  });

  it('comes in pieces, because a large fleet fits into no string', () => {
    const pieces = [...fleetCsv(fleetExample({ nodes: 1200, cases: 3 }))];
    expect(pieces.length).toBe(2);
    expect(pieces.every((piece) => piece.endsWith('\n'))).toBe(true);
    expect(pieces.join('').split('\n').length - 2).toBe(3 * (1199 * 3 + 1));
  });
});
