// The watch against a known truth: its whole process is stopped and continued by this one. That is no silent stall,
// because the kernel knows of it: each pause must be found, at its time, and called blocking.
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StallRecord } from '../../src/commands/stalls-table.ts';
import { parseReport } from '../../src/report/parse-report.ts';
import { guestmark, start, temporaryFolder } from './guestmark.ts';

/** When the signal was sent, when every thread was seen to have stopped, and when they were told to go on. */
interface Pause {
  readonly sentNs: number;
  readonly stoppedNs: number;
  readonly endNs: number;
}

/** CLOCK_MONOTONIC is one clock for all processes. */
function nowNs(): number {
  return Number(process.hrtime.bigint());
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** On a busy machine a signal takes its time: a thread stops when it is on a CPU. */
function isStopped(pid: number | undefined): boolean {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.every((id) => /\) T /.test(readFileSync(`/proc/${pid}/task/${id}/stat`, 'utf8')));
}

/** Watches with the command while the pauses are made. */
async function watchPaused(lengthsMs: readonly number[]): Promise<{ record: StallRecord; pauses: Pause[] }> {
  const { child, finished } = start(['stalls', '--seconds', '30', '--json']);
  await new Promise<void>((resolve) => {
    child.stderr?.on('data', (text) => String(text).includes('watching') && resolve());
  });
  const pauses: Pause[] = [];
  for (const ms of lengthsMs) {
    await sleep(100);
    const sentNs = nowNs();
    child.kill('SIGSTOP');
    while (!isStopped(child.pid)) await sleep(1);
    const stoppedNs = nowNs();
    await sleep(ms);
    pauses.push({ sentNs, stoppedNs, endNs: nowNs() });
    child.kill('SIGCONT');
  }
  await sleep(100);
  child.kill('SIGINT');
  const { code, stdout } = await finished;
  expect(code).toBe(130);
  return { record: JSON.parse(stdout) as StallRecord, pauses };
}

describe('guestmark stalls', () => {
  it('finds every pause of its process at its time and calls it blocked', async () => {
    const { record, pauses } = await watchPaused([20, 50, 100, 50, 100]);
    for (const { sentNs, stoppedNs, endNs } of pauses) {
      const hit = record.stalls.find(
        ({ startNs, durationNs }) => startNs <= stoppedNs && startNs + durationNs >= endNs,
      );
      if (hit === undefined || !hit.ledger.available)
        throw new Error(`${endNs - stoppedNs} ns are not found`);
      const { runQueueNs, stealAndBlockedNs, cpuNs, uncertaintyNs } = hit.ledger.value;
      // It may have begun with waiting for a CPU, before the signal.
      expect(hit.startNs).toBeGreaterThan(sentNs - runQueueNs - 5e6);
      expect(stealAndBlockedNs).toBeGreaterThan(endNs - stoppedNs - uncertaintyNs - 1e6);
      expect(hit.cause).toBe(stealAndBlockedNs > Math.max(runQueueNs, cpuNs) ? 'blocked' : 'run-queue');
    }
    const blocked = record.sums.find(({ cause }) => cause === 'blocked');
    expect(blocked?.count).toBeGreaterThanOrEqual(3);
    expect(record).toMatchObject({ dropped: 0, failure: null });
  });

  it('prints what it saw as a table', async () => {
    const { code, stdout, stderr } = await guestmark(['stalls', '--seconds', '0.5']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^guestmark: watching CPU \d+ for 500 ms$/m);
    expect(stdout).toMatch(/^watched {2}CPU \d+ for/m);
    expect(stdout).toMatch(/^unattributed +\d+/m);
  });

  it('refuses a CPU that is not there', async () => {
    const { code, stderr } = await guestmark(['stalls', '--cpu', '4095']);
    expect(code).toBe(2);
    expect(stderr).toContain('Cannot watch for stalls: CPU 4095 is not among the allowed ones');
  });
});

describe('guestmark run --stalls', () => {
  it('watches beside the run and keeps the stalls of every case', async () => {
    using folder = temporaryFolder();
    const out = join(folder.path, 'report.json');
    const { code, stdout } = await guestmark(
      ['run', 'submit-dispatch', 'empty-submit', '--device', 'llvmpipe', '--runs', '1'].concat([
        '--max-time',
        '50ms',
        '--stalls',
        '--json',
        '--out',
        out,
      ]),
    );
    expect(code).toBe(0);
    const report = parseReport(stdout, 'standard output');
    expect(report.command.stalls).toBe(true);
    if (!report.clocks.available) throw new Error(report.clocks.reason);
    const { stallWatch } = report.clocks.value;
    // On one CPU the watch would be the disturbance: the report then says why there is none.
    expect(stallWatch.available).toBe(availableParallelism() > 1);
    for (const { runs } of report.results) {
      for (const { stalls, caseWallNs } of runs) {
        expect(stalls.available).toBe(stallWatch.available);
        const spans = stalls.available ? stalls.value : [];
        expect(spans.every(({ startNs }) => startNs > -10e9 && startNs < 60e9 + caseWallNs)).toBe(true);
      }
    }
  });
});
