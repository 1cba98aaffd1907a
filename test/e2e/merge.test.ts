// `guestmark merge` as a user calls it: a fleet's folder with nodes that are slow and tasks that are missing, exit codes, files.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planPath, taskPath, taskReportPath } from '../../src/fleet/fleet-folder.ts';
import type { FleetReport } from '../../src/merge/fleet-report.ts';
import type { Report } from '../../src/report/report.ts';
import type { SampleColumns } from '../../src/suite/case-run.ts';
import { around, caseResult, caseRun, sampleColumns, sampleReport } from '../report/sample-report.ts';
import { guestmark, temporaryFolder } from './guestmark.ts';

const TASKS = 40;
const TOOL = { name: 'guestmark', version: '0.1.0', node: 'v20.19.0' };
const [KERNEL, STOLEN, CUT, NEVER, KILLED] = [5, 6, 7, 8, 9];
const nodeName = (index: number): string => `node-${String(index).padStart(2, '0')}`;

/** A tenth of the time of every sample was stolen, and the ledger charged it. */
function stolen(samples: SampleColumns): SampleColumns {
  const more = (column: readonly (number | null)[]): number[] =>
    column.map((ns, i) => (ns ?? 0) + (samples.wallNs[i] as number) / 9);
  const { wallNs, ledgerWallNs, stealAndBlockedNs, stealLowNs, stealHighNs } = samples;
  return {
    ...samples,
    wallNs: more(wallNs),
    ledgerWallNs: more(ledgerWallNs),
    stealAndBlockedNs: more(stealAndBlockedNs),
    stealLowNs: more(stealLowNs),
    stealHighNs: more(stealHighNs),
  };
}

const IDS = ['copy', 'scan', 'fft', 'sort'] as const;

function nodeReport(index: number): Report {
  const results = IDS.map((benchmark, place) => {
    const spread = 1 + 0.004 * (((index + 7 * place) * 0.618034) % 1);
    const slow = index === KERNEL && benchmark === 'fft' ? 1.05 : 1;
    const samples = sampleColumns(around(4e6 * (place + 1) * spread * slow, 8));
    const runs = [caseRun({ run: 1, samples: index === STOLEN ? stolen(samples) : samples })];
    return caseResult({ id: `${benchmark}[n=16Mi]`, benchmark, axes: { n: 2 ** 24 }, runs });
  });
  const report = sampleReport({ results });
  return { ...report, system: { ...report.system, hostname: nodeName(index) } };
}

function writeFleet(folder: string): void {
  for (const name of ['reports', 'tasks']) mkdirSync(join(folder, name));
  const version = { schemaVersion: '1.0' };
  const plan = {
    schema: 'guestmark-fleet-plan',
    ...version,
    tool: TOOL,
    engine: 'manual',
    name: 'forty',
    unit: 'node',
  };
  writeFileSync(
    planPath(folder),
    JSON.stringify({ ...plan, createdAt: '2026-01-02T03:04:05Z', tasks: TASKS, nodes: [], runArguments: [] }),
  );
  for (let index = 0; index < TASKS; index++) {
    if (index === NEVER) continue;
    const task = {
      schema: 'guestmark-fleet-task',
      ...version,
      index,
      attempt: 1,
      node: nodeName(index),
      hostname: 'pod',
    };
    const [finishedAt, exitCode] = index === KILLED ? [null, null] : ['2026-01-02T03:05:05Z', 0];
    const times = { job: null, gpus: null, startedAt: '2026-01-02T03:04:06Z', finishedAt, exitCode };
    writeFileSync(taskPath(folder, index), JSON.stringify({ ...task, ...times }));
    if (index === KILLED) continue;
    const text = JSON.stringify(nodeReport(index));
    writeFileSync(taskReportPath(folder, index), index === CUT ? text.slice(0, 5000) : text);
  }
}

describe('guestmark merge', () => {
  it('names the slow nodes with their causes, and who is missing', async () => {
    using folder = temporaryFolder();
    const fleet = join(folder.path, 'fleet');
    mkdirSync(fleet);
    writeFleet(fleet);
    const [json, page, table] = ['all.json', 'all.html', 'all.parquet'].map((name) =>
      join(folder.path, name),
    );
    const files = [
      '--html',
      page as string,
      '--parquet',
      table as string,
      '--prometheus',
      join(folder.path, 'all.prom'),
    ];
    const first = await guestmark([
      'merge',
      fleet,
      '--fail-on',
      'outliers,missing',
      '--out',
      json as string,
      ...files,
    ]);
    expect(first.code).toBe(1);
    expect(first.stdout).toMatch(
      /^37 nodes, 4 cases: 2 slower than the fleet \(1 guest, 1 unexplained\)\. 3 tasks or nodes/,
    );
    expect(first.stderr).toMatch(/task-00007\.json": it is cut off/);
    expect(first.stderr).toContain('Failed by --fail-on: 2 nodes slower than the fleet, 3 reports missing');

    const report = JSON.parse(readFileSync(json as string, 'utf8')) as FleetReport;
    const told = report.outliers.map(({ node, cause, findings }) => [
      report.nodes[node]?.name,
      cause,
      findings[0]?.case,
    ]);
    expect(told).toEqual([
      [nodeName(STOLEN), 'guest', expect.anything()],
      [nodeName(KERNEL), 'unexplained', 2],
    ]);
    expect(report.outliers[0]?.reasons).toEqual([expect.stringMatching(/^steal 1[0-9.–]+% \(fleet 0/)]);
    expect(report.gaps.map(({ task, node }) => [task, node])).toEqual([
      [CUT, nodeName(CUT)],
      [NEVER, null],
      [KILLED, nodeName(KILLED)],
    ]);
    expect(readFileSync(page as string, 'utf8')).toContain(nodeName(KERNEL));
    expect(
      readFileSync(table as string)
        .subarray(0, 4)
        .toString(),
    ).toBe('PAR1');

    const plain = await guestmark(['merge', join(fleet, 'reports'), '--case', 'fft']);
    expect(plain.code).toBe(0);
    expect(plain.stdout).toMatch(/^node-05 +\+[45]\.\d %/m);
  });

  it.each([
    [['merge', 'nowhere'], 'Cannot merge nowhere: no report can be read'],
    [['merge', 'a', '--fail-on', 'slow'], 'allowed are outliers, missing'],
    [['merge', 'a', '--html', '-'], 'Cannot read --html "-": it is standard output, which is for the result'],
  ])('%j is a usage error of one line', async (args, message) => {
    const { code, stdout, stderr } = await guestmark(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
