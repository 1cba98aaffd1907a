// From the reports to what they say together, without files.
import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { collectReports } from '../../src/merge/collect-reports.ts';
import { MERGE_DEFAULTS } from '../../src/merge/fleet-report.ts';
import { fleetReportSchema } from '../../src/merge/fleet-report-schema.ts';
import { fleetReportTable } from '../../src/merge/fleet-report-table.ts';
import { mergeFleet } from '../../src/merge/merge-fleet.ts';
import { summarizeReport } from '../../src/merge/summarize-report.ts';
import type { Report } from '../../src/report/report.ts';
import { around, caseResult, caseRun, sampleColumns, sampleReport } from '../report/sample-report.ts';

const TOOL = { name: 'guestmark', version: '0.1.0', node: 'v20.19.0' };

function nodeReport(node: number, factor = 1, changes: Partial<Report> = {}): Report {
  // Spread over half a per cent, in a fixed order.
  const gpuNs = 4e6 * factor * (1 + 0.005 * ((node * 0.618034) % 1));
  const run = caseRun({ run: 1, samples: sampleColumns(around(gpuNs, 12)) });
  const report = sampleReport({ results: [caseResult({ runs: [run] })], ...changes });
  return { ...report, system: { ...report.system, hostname: `node-${node}` } };
}

function merged(reports: readonly Report[]) {
  const collection = collectReports(() => true);
  const sources = reports.map((report, index) => ({
    path: `${index}.json`,
    task: null,
    report: collection.keep(summarizeReport(report, `${index}.json`)),
    refused: null,
  }));
  const read = { plan: null, tasks: new Map(), refused: [], sources, cases: collection.cases() };
  return mergeFleet(read, MERGE_DEFAULTS, TOOL);
}

describe('mergeFleet()', () => {
  const healthy = Array.from({ length: 30 }, (_, node) => nodeReport(node));
  const slow = nodeReport(30, 1.08);

  it('gives a document that its own schema takes, with the slow node first', () => {
    const fleet = merged([...healthy, slow]);
    expect(() => fleetReportSchema.parse(JSON.parse(JSON.stringify(fleet)))).not.toThrow();
    expect(
      fleet.outliers.map(({ node, verdict, cause }) => [fleet.nodes[node]?.name, verdict, cause]),
    ).toEqual([['node-30', 'slower', 'unexplained']]);
    expect(fleet.cases[0]).toMatchObject({ main: 'gpuTime', rate: { unit: 'B/s' }, missing: [] });
    expect(fleet.cases[0]?.measures[0]?.distribution).toMatchObject({ nodes: 31 });
    expect([fleet.gaps, fleet.unjudged, fleet.differences]).toEqual([[], [], []]);
  });

  it('pools the reports of a node by the median over all of their runs', () => {
    const fleet = merged([nodeReport(0), nodeReport(0, 2), nodeReport(0, 3), nodeReport(1)]);
    expect(fleet.nodes.map(({ reports }) => reports)).toEqual([['0.json', '1.json', '2.json'], ['3.json']]);
    const [pooled, single] = fleet.cases[0]?.measures[0]?.values ?? [];
    expect((pooled as number) / (single as number)).toBeCloseTo(2, 1);
  });

  it('compares nodes of two devices among themselves, and tells in what they differ', () => {
    const others = Array.from({ length: 12 }, (_, node) => nodeReport(100 + node, 3)).map((report) =>
      report.device.available
        ? { ...report, device: available({ ...report.device.value, name: 'Other GPU' }) }
        : report,
    );
    const lone = nodeReport(200, 7);
    const only = lone.device.available
      ? { ...lone, device: available({ ...lone.device.value, name: 'One GPU' }) }
      : lone;
    const fleet = merged([...healthy, ...others, only]);
    expect(fleet.outliers).toEqual([]);
    expect(fleet.unjudged).toEqual([42]);
    expect(fleet.differences.map(({ what, values }) => [what, values.map(({ nodes }) => nodes)])).toEqual([
      ['device', [30, 12, 1]],
    ]);
  });

  it('is told on a terminal with everything that matters on the first lines', () => {
    const text = fleetReportTable(merged([...healthy, slow]), { width: 120, color: false });
    const [title, summary] = text.split('\n');
    expect(title).toBe('Fleet of 31 nodes');
    expect(summary).toBe('31 nodes, 1 case: 1 slower than the fleet (1 unexplained).');
    expect(text).toMatch(/^node-30 +\+[78]\.\d % +.*unexplained/m);
    expect(text.split('\n').every((line) => line.length <= 120)).toBe(true);
  });
});
