// Fleets without Slurm: what is wrong is said before anything is written, and a task that is started again.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { earlierReportPath, taskPath, taskReportPath } from '../../src/fleet/fleet-folder.ts';
import { guestmark, temporaryFolder } from './guestmark.ts';

const TINY = [
  'timer-cost[clock=0]',
  '--runs',
  '1',
  '--min-time',
  '1ms',
  '--max-time',
  '10ms',
  '--device',
  'llvmpipe',
];
/** Without an index of an engine, and without Slurm. */
const NOWHERE = { PATH: '/nonexistent', SLURM_ARRAY_TASK_ID: '', JOB_COMPLETION_INDEX: '', PARALLEL_SEQ: '' };

describe('guestmark fleet with a wrong command line', () => {
  it.each([
    [['slurm', 'FOLDER', '--', 'copy'], 2, 'give either --nodes or --count'],
    [['slurm', 'FOLDER', '--count', '2', '--', 'copyy'], 2, 'Cannot select "copyy"'],
    [['slurm', 'FOLDER', '--count', '2', '--', 'copy', '--runs', '0'], 2, 'guestmark run would say'],
    [['slurm', 'FOLDER', '--nodes', 'n[1-2]', '--', 'copy'], 3, 'there is no scontrol on this machine'],
    [['kubernetes', 'FOLDER', '--count', '2', '--image', 'x', '--', 'copy'], 2, '--claim or --host-path'],
    [['plan', 'FOLDER', '--tasks', '2', '--', 'copy', '--out', 'x'], 2, '--out is given for guestmark run'],
    [['plan', 'FOLDER', '--tasks', '100001', '--', 'copy'], 2, 'the limit is 100000'],
    [['task', 'FOLDER'], 2, 'nothing says which one'],
    [['wait', 'FOLDER'], 2, 'it holds no plan'],
  ])('says so for %j, and writes nothing', async (words, exitCode, message) => {
    using folder = temporaryFolder();
    const args = words.map((word) => (word === 'FOLDER' ? join(folder.path, 'f') : word));
    const { code, stdout, stderr } = await guestmark(['fleet', ...args], NOWHERE);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr).toMatch(/^guestmark: Cannot [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('says that there is no sbatch, and lets the plan be made anew', async () => {
    using folder = temporaryFolder();
    const args = ['fleet', 'slurm', folder.path, '--count', '2', '--submit', '--', 'copy'];
    for (const _ of [1, 2]) {
      const { code, stderr } = await guestmark(args, NOWHERE);
      expect(code).toBe(3);
      expect(stderr).toContain('Cannot submit the fleet: there is no sbatch on this machine');
    }
  });
});

describe('guestmark fleet task', () => {
  it('keeps the report of another machine, and begins anew', async () => {
    using folder = temporaryFolder();
    const { path } = folder;
    const planned = await guestmark(['fleet', 'plan', path, '--tasks', '1', '--', ...TINY]);
    expect(planned.code).toBe(0);
    const task = ['fleet', 'task', path];
    expect((await guestmark(task, { PARALLEL_SEQ: '1' })).code).toBe(0);
    const report = taskReportPath(path, 0);
    const value = JSON.parse(readFileSync(report, 'utf8'));
    const foreign = JSON.stringify({
      ...value,
      status: 'partial',
      finishedAt: null,
      results: [],
      system: { ...value.system, hostname: 'elsewhere' },
    });
    writeFileSync(report, foreign);
    const done = await guestmark([...task, '--index', '0']);
    expect(done).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('done already') });
    const said = JSON.parse(readFileSync(taskPath(path, 0), 'utf8'));
    writeFileSync(taskPath(path, 0), JSON.stringify({ ...said, exitCode: 130 }));
    const again = await guestmark([...task, '--index', '0']);
    expect(again.stderr).toContain('the name of the machine is');
    expect(again.code).toBe(0);
    expect(readFileSync(earlierReportPath(path, 0, 1), 'utf8')).toBe(foreign);
    expect(JSON.parse(readFileSync(report, 'utf8')).status).toBe('complete');
    expect(JSON.parse(readFileSync(taskPath(path, 0), 'utf8'))).toMatchObject({ attempt: 2, exitCode: 0 });
    const { code, stdout } = await guestmark(['fleet', 'status', path]);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('1 task: 1 ok') });
    const replanned = await guestmark(['fleet', 'plan', path, '--tasks', '1', '--', ...TINY]);
    expect(replanned.stderr).toContain('it holds one that was started');
    expect(existsSync(join(path, 'jobs'))).toBe(false);
  });
});
