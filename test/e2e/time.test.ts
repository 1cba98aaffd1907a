// `guestmark time` on real programs. Other programs may run beside the tests, so times are judged by relations: what
// a busy machine adds to the wall time it adds to the run-queue wait too.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Available } from '../../src/base/availability.ts';
import type { ProgramRun } from '../../src/program/program-run.ts';
import { timeReportSchema } from '../../src/report/schema-time.ts';
import type { TimeReport } from '../../src/report/time-report.ts';
import { childOf, guestmark, start, temporaryFolder, until } from './guestmark.ts';

const ESCAPE = String.fromCharCode(27);

async function timed(...args: string[]): Promise<TimeReport> {
  const { stdout, stderr } = await guestmark(['time', '--json', ...args]);
  expect(stderr).toBe('');
  return timeReportSchema.parse(JSON.parse(stdout));
}

async function timedOnce(...argv: string[]): Promise<ProgramRun> {
  // Its output would mix with the report.
  const { runs } = await timed('--', 'sh', '-c', 'exec "$@" > /dev/null', 'sh', ...argv);
  expect(runs).toHaveLength(1);
  return runs[0] as ProgramRun;
}

function obtained<T>(maybe: Available<T>): T {
  if (!maybe.available) throw new Error(maybe.reason);
  return maybe.value;
}

/** What the main thread of a busy machine waits and is stolen from. */
function disturbedNs({ runQueueNs, stealNs }: ProgramRun): number {
  return obtained(runQueueNs) + (stealNs.available ? stealNs.value.highNs : 0);
}

// Computes until 0.4 s of CPU time are used.
const SPIN =
  'const end = process.cpuUsage().user + 4e5; while (process.cpuUsage().user < end) for (let i = 0; i < 1e6; i++);';

describe('guestmark time', () => {
  it('finds a program that sleeps asleep', async () => {
    const run = await timedOnce('sleep', '0.3');
    expect(run.wallNs).toBeGreaterThan(300e6);
    expect(run.cpuNs).toBeLessThan(0.2 * run.wallNs);
    const asleep = run.blockedNs.available ? run.blockedNs : run.stealAndBlockedNs;
    expect(obtained(asleep)).toBeGreaterThan(290e6);
    expect(obtained(asleep)).toBeLessThan(run.wallNs);
    expect(run).toMatchObject({ exitCode: 0, signal: null });
  });

  it('finds a program that computes on a CPU or waiting for one', async () => {
    const run = await timedOnce(process.execPath, '--single-threaded', '-e', SPIN);
    expect(run.cpuNs).toBeGreaterThan(400e6);
    const accounted = run.cpuNs + disturbedNs(run) + (run.blockedNs.available ? run.blockedNs.value : 0);
    expect(accounted).toBeGreaterThan(0.9 * run.wallNs);
    expect(run.endNs - run.startNs).toBeGreaterThan(0.99 * run.wallNs);
  });

  it('adds up threads and descendants, also those that are gone', async () => {
    const burn = 'i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done';
    const one = await timedOnce('sh', '-c', burn);
    const script = `for j in 1 2 3; do sh -c '${burn}'; done; (${burn}) & (${burn}) & wait`;
    const run = await timedOnce('sh', '-c', script);
    expect(run.cpuNs).toBeGreaterThan(3 * one.cpuNs);
    if (run.threads.exact) expect(run.threads.seen).toBeGreaterThanOrEqual(6);
    const worker = `
      const { Worker } = require('node:worker_threads');
      for (let i = 0; i < 2; i++) new Worker(${JSON.stringify(SPIN)}, { eval: true });`;
    const threaded = await timedOnce(process.execPath, '-e', worker);
    expect(threaded.threads.seen).toBeGreaterThanOrEqual(3);
    expect(threaded.cpuNs).toBeGreaterThan(400e6);
  });

  it('never takes off more than was stolen, and never all', async () => {
    const { runs, tier } = await timed(
      '--runs',
      '3',
      '--',
      'sh',
      '-c',
      'i=0; while [ $i -lt 99999 ]; do i=$((i+1)); done',
    );
    for (const { stealNs, correctedWallNs, wallNs } of runs) {
      if (!stealNs.available || !correctedWallNs.available) {
        expect('CD').toContain(tier);
        continue;
      }
      const { lowNs, highNs } = correctedWallNs.value;
      expect(wallNs - highNs).toBeLessThanOrEqual(stealNs.value.highNs);
      expect(wallNs - lowNs).toBeLessThanOrEqual(stealNs.value.highNs);
      expect(lowNs).toBeGreaterThan(0.1 * wallNs);
    }
  });

  it.each([
    ['an exit code', 'exit 7', 7, { exitCode: 7, signal: null }],
    ['a signal', 'kill -KILL $$', 137, { exitCode: null, signal: 'SIGKILL' }],
  ])('passes %s on', async (_, script, code, end) => {
    const finished = await guestmark(['time', '--json', '--', 'sh', '-c', script]);
    expect(finished.code).toBe(code);
    expect(JSON.parse(finished.stdout).runs).toMatchObject([end]);
  });

  it('says what cannot be started, as a shell does', async () => {
    const missing = await guestmark(['time', '--', 'no-such-program-at-all']);
    expect(missing).toMatchObject({ code: 127, stdout: '' });
    expect(missing.stderr).toMatch(
      /^guestmark: Cannot start "no-such-program-at-all": no such program; .*\n$/,
    );
    expect((await guestmark(['time', '--', '/'])).code).toBe(126);
    expect((await guestmark(['time'])).code).toBe(2);
    expect((await guestmark(['time', '--pin', '4095', '--', 'true'])).code).toBe(2);
  });

  it('lets output and input through, and keeps its own apart', async () => {
    const finished = await guestmark(['time', 'sh', '-c', 'echo out; echo err >&2'], { NO_COLOR: '1' });
    expect(finished).toMatchObject({ code: 0, stdout: 'out\n' });
    expect(finished.stderr).toMatch(/^err\n\nwall +\d/);
    expect(finished.stderr).not.toContain(ESCAPE);
    const coloured = await guestmark(['time', '--', 'true'], { FORCE_COLOR: '1', NO_COLOR: '' });
    expect(coloured.stderr).toContain(ESCAPE);
    const child = spawn(process.execPath, ['dist/cli.js', 'time', '--', 'cat'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdin.end('word\n');
    expect(String(await child.stdout.toArray())).toBe('word\n');
  });

  it('keeps the report apart from what the program prints', async () => {
    const { stdout, stderr } = await guestmark(['time', '--json', '--', 'echo', 'word']);
    expect(stderr).toBe('word\n');
    expect(timeReportSchema.parse(JSON.parse(stdout))).toMatchObject({ status: 'complete', wantedRuns: 1 });
  });

  it('runs repeatedly after warm-up runs, hides output then, and sums up', async () => {
    using folder = temporaryFolder();
    const [log, out] = [join(folder.path, 'log'), join(folder.path, 'r.json')];
    const args = [
      'time',
      '--runs',
      '6',
      '--warmup',
      '2',
      '--out',
      out,
      '--',
      'sh',
      '-c',
      `echo x >> ${log}; echo x`,
    ];
    const { code, stdout, stderr } = await guestmark(args);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/mean ± σ .* min … max\nwall +\d/);
    expect(readFileSync(log, 'utf8')).toBe('x\n'.repeat(8));
    const report = timeReportSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
    expect(report).toMatchObject({ status: 'complete', warmup: 2, summary: { runs: 6, failed: 0 } });
    const walls = report.runs.map(({ wallNs }) => wallNs);
    expect(report.summary?.wallNs).toMatchObject({ min: Math.min(...walls), max: Math.max(...walls) });
    expect((await guestmark(['time', '--runs', '2', '--show-output', '--', 'echo', 'x'])).stdout).toBe(
      'x\nx\n',
    );
  });

  it('binds the program to one CPU', async () => {
    const { cpus, pin, runs } = await timed(
      '--pin',
      'auto',
      '--',
      'sh',
      '-c',
      'grep -q "^Cpus_allowed_list:.[0-9]*$" /proc/self/status',
    );
    expect(pin).toMatchObject({ available: true, value: { cpu: cpus[0] } });
    expect(cpus).toHaveLength(1);
    expect(runs).toMatchObject([{ exitCode: 0 }]);
  });

  it('stops at the first failure, unless told to go on', async () => {
    const failing = await guestmark(['time', '--json', '--runs', '3', '--', 'false']);
    expect(failing.code).toBe(1);
    expect(JSON.parse(failing.stdout)).toMatchObject({ status: 'partial', runs: [{ exitCode: 1 }] });
    const ignoring = await guestmark(['time', '--json', '--runs', '3', '-i', '--', 'false']);
    expect(ignoring.code).toBe(0);
    expect(JSON.parse(ignoring.stdout)).toMatchObject({
      status: 'complete',
      summary: { runs: 3, failed: 3 },
    });
  });

  it('passes a signal on, and keeps what was measured', async () => {
    const { child, finished } = start(['time', '--json', '--runs', '9', '--', 'sleep', '60']);
    await until(() => childOf(child.pid) !== null);
    child.kill('SIGINT');
    const { code, stdout } = await finished;
    expect(code).toBe(130);
    expect(timeReportSchema.parse(JSON.parse(stdout))).toMatchObject({
      status: 'partial',
      runs: [{ signal: 'SIGINT' }],
    });
  });

  it('leaves a run that was cut short out of the others', async () => {
    using folder = temporaryFolder();
    const second = join(folder.path, 'second');
    const script = `[ -e ${folder.path}/first ] && { echo x > ${second}; exec sleep 60; }; : > ${folder.path}/first`;
    const { child, finished } = start(['time', '--json', '--runs', '9', '--', 'sh', '-c', script]);
    await until(() => readable(second));
    child.kill('SIGINT');
    const { code, stdout } = await finished;
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'partial', wantedRuns: 9, runs: [{ exitCode: 0 }] });
  });

  it('keeps what was measured when the program is gone for the next run', async () => {
    using folder = temporaryFolder();
    const program = join(folder.path, 'program');
    writeFileSync(program, `#!/bin/sh\nrm ${program}\n`, { mode: 0o755 });
    const { code, stdout, stderr } = await guestmark(['time', '--json', '--runs', '3', '--', program]);
    expect(code).toBe(127);
    expect(stderr).toMatch(/^guestmark: Cannot start ".*program": no such program;/);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'partial', runs: [{ exitCode: 0 }] });
  });

  it('says that what it shows is a warm-up run', async () => {
    const { code, stderr } = await guestmark(['time', '--warmup', '2', '--', 'false']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^guestmark: it ended while warming up: what follows is a warm-up run$/m);
  });

  it('leaves the answer to a signal to the program', async () => {
    using folder = temporaryFolder();
    const ready = join(folder.path, 'ready');
    const script = `trap 'exit 5' TERM; echo > ${ready}; while :; do sleep 0.05; done`;
    const { child, finished } = start(['time', '--json', '--', 'sh', '-c', script]);
    await until(() => readable(ready));
    child.kill('SIGTERM');
    const { code, stdout } = await finished;
    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'complete', runs: [{ exitCode: 5 }] });
  });
});

function readable(path: string): boolean {
  try {
    return readFileSync(path, 'utf8') !== '';
  } catch {
    return false;
  }
}
