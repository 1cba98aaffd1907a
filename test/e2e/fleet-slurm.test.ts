// A fleet under a real Slurm: reports from several nodes, a task that is killed, one that is put into the queue again, a node that is
// drained. Slurm runs in a folder of its own; the nodes are all this machine.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { taskReportPath } from '../../src/fleet/fleet-folder.ts';
import type { FleetStanding } from '../../src/fleet/fleet-table.ts';
import type { FleetReport } from '../../src/merge/fleet-report.ts';
import { parseReport } from '../../src/report/parse-report.ts';
import type { Report } from '../../src/report/report.ts';
import { SLURM_ROOT, type SlurmCluster, startSlurm } from '../fixtures/slurm-cluster.ts';
import { guestmark, start, until } from './guestmark.ts';

const SOFTWARE = ['--device', 'llvmpipe'];
const TINY = ['copy[n=4Ki]', '--runs', '1', '--min-time', '1ms', '--max-time', '50ms', ...SOFTWARE];
/** Four times a second, after the first of which there is a report. */
const LONG = [
  'copy[n=4Ki]',
  'empty-submit',
  '--runs',
  '2',
  '--min-time',
  '1s',
  '--max-time',
  '1s',
  ...SOFTWARE,
];
const SUBMIT = ['--submit', '--json', '--poll', '500ms', '--stuck-limit', '1s'];

/** Starting again takes Slurm some seconds, and the machine may have other tests to do. */
const SLOW = { timeout: 180_000 };

const reportOf = (folder: string, index: number): Report => {
  const path = taskReportPath(folder, index);
  return parseReport(readFileSync(path, 'utf8'), path);
};

async function mergedOf(folder: string): Promise<FleetReport> {
  const { stdout } = await guestmark(['merge', folder, '--json']);
  return JSON.parse(stdout) as FleetReport;
}

if (SLURM_ROOT === undefined)
  console.warn('fleet-slurm: skipped, because Slurm is not here and could not be brought');

describe.skipIf(SLURM_ROOT === undefined)('guestmark fleet slurm --submit', () => {
  let cluster: SlurmCluster;
  beforeAll(async () => {
    cluster = await startSlurm(['n1', 'n2', 'n3', 'n4', 'n5']);
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  it.concurrent('collects four reports of an array over two nodes', SLOW, async () => {
    const folder = join(cluster.folder, "fleet 'a'");
    const only = ['--count', '4', '--sbatch-option=--exclude=n3,n4,n5'];
    const args = ['fleet', 'slurm', folder, '--name', 'a', ...only, ...SUBMIT, '--', ...TINY];
    const { code, stdout, stderr } = await guestmark(args, cluster.environment);
    expect(stderr).toContain('submitted as job');
    const standing = JSON.parse(stdout) as FleetStanding;
    expect(standing.tasks.map(({ state }) => state)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(new Set(standing.tasks.map(({ node }) => node))).toEqual(new Set(['n1', 'n2']));
    expect(code).toBe(0);
    const reports = [0, 1, 2, 3].map((index) => reportOf(folder, index));
    expect(reports.map(({ status, command }) => [status, command.seed])).toEqual(
      Array.from({ length: 4 }, () => ['complete', 1]),
    );
    const { nodes, gaps } = await mergedOf(folder);
    expect(nodes.map(({ name, reports: { length } }) => [name, length]).sort()).toEqual(
      ['n1', 'n2'].map((name) => [name, standing.tasks.filter(({ node }) => node === name).length]),
    );
    expect(gaps).toEqual([]);
  });

  it.concurrent(
    'goes on with what was requeued, and names what was killed and what is drained',
    SLOW,
    async () => {
      const folder = join(cluster.folder, 'b');
      await cluster.ask('scontrol', 'update', 'nodename=n5', 'state=drain', 'reason=broken fan');
      const args = ['fleet', 'slurm', folder, '--nodes', 'n3,n4,n5', ...SUBMIT, '--', ...LONG];
      const { finished } = start(args, cluster.environment);
      const jobOf = (index: number) => readFileSync(join(folder, 'jobs'), 'utf8').split('\n')[index] ?? '';
      const isUnderWay = (index: number) => until(() => existsSync(taskReportPath(folder, index)));
      await Promise.all([
        isUnderWay(1).then(() => cluster.kill(jobOf(1))),
        isUnderWay(0).then(() => cluster.ask('scontrol', 'requeue', `${jobOf(0)}_0`)),
      ]);
      const { code, stdout, stderr } = await finished;
      const { tasks, counts } = JSON.parse(stdout) as FleetStanding;
      expect(tasks).toMatchObject([
        { state: 'ok', node: 'n3', attempts: 2, exitCode: 0 },
        { state: 'killed', node: 'n4', attempts: 1, exitCode: null },
        { state: 'waiting', node: 'n5', attempts: 0, hasReport: false },
      ]);
      expect(tasks[1]?.reason).toContain('Slurm says FAILED');
      expect(tasks[2]?.reason).toMatch(/ReqNodeNotAvail.*n5 is drained: broken fan/);
      expect(counts).toMatchObject({ ok: 1, killed: 1, waiting: 1 });
      expect(stderr).toContain('takes them out of the queue');
      expect(code).toBe(1);
      const { status, resumed } = reportOf(folder, 0);
      expect({ status, resumed: resumed.length }).toEqual({ status: 'complete', resumed: 1 });
      const { gaps } = await mergedOf(folder);
      expect(gaps.map(({ task, node }) => [task, node])).toEqual([
        [1, 'n4'],
        [2, 'n5'],
      ]);
    },
  );
});
