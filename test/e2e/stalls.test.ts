// The watch against a known truth: its whole process is stopped and continued by this one. That is no silent stall,
// because the kernel knows of it: each pause must be found, at its time, and called blocking.
import { describe, expect, it } from 'vitest';
import type { StallRecord } from '../../src/commands/stalls-table.ts';
import { guestmark, start } from './guestmark.ts';

interface Pause {
  readonly startNs: number;
  readonly durationNs: number;
}

/** CLOCK_MONOTONIC is one clock for all processes. */
function nowNs(): number {
  return Number(process.hrtime.bigint());
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
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
    child.kill('SIGSTOP');
    const startNs = nowNs();
    await sleep(ms);
    child.kill('SIGCONT');
    pauses.push({ startNs, durationNs: nowNs() - startNs });
  }
  await sleep(100);
  child.kill('SIGINT');
  const { code, stdout } = await finished;
  expect(code).toBe(130);
  return { record: JSON.parse(stdout) as StallRecord, pauses };
}

describe('guestmark stalls', () => {
  it('finds every pause of its process at its time and calls it blocked', async () => {
    const { record, pauses } = await watchPaused([20, 50, 100, 20, 50]);
    for (const pause of pauses) {
      // On a busy machine the signal may come late, and the process may wait for a CPU on either side of the pause.
      const hit = record.stalls.find(
        ({ startNs, durationNs }) =>
          startNs < pause.startNs + 10e6 && startNs + durationNs > pause.startNs + pause.durationNs / 2,
      );
      expect(hit, `pause of ${pause.durationNs} ns`).toBeDefined();
      expect(Math.abs((hit?.startNs ?? 0) - pause.startNs)).toBeLessThan(30e6);
      expect(hit?.durationNs).toBeGreaterThan(0.7 * pause.durationNs);
      expect(hit?.cause).not.toBe('steal');
      expect(hit?.ledger).toMatchObject({ available: true });
    }
    const blocked = record.sums.find(({ cause }) => cause === 'blocked');
    const pausedNs = pauses.reduce((sum, { durationNs }) => sum + durationNs, 0);
    expect(blocked?.count).toBeGreaterThanOrEqual(3);
    expect(blocked?.sumNs).toBeGreaterThan(0.5 * pausedNs);
    expect(record).toMatchObject({ dropped: 0, failure: null });
  });

  it('prints what it saw as a table', async () => {
    const { code, stdout, stderr } = await guestmark(['stalls', '--seconds', '0.5']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^guestmark: watching CPU \d+ for 500 ms$/m);
    expect(stdout).toMatch(/^watched {4}CPU \d+ for/m);
    expect(stdout).toMatch(/^unattributed +\d+/m);
  });

  it('refuses a CPU that is not there', async () => {
    const { code, stderr } = await guestmark(['stalls', '--cpu', '4095']);
    expect(code).toBe(2);
    expect(stderr).toContain('Cannot watch for stalls: CPU 4095 is not among the allowed ones');
  });
});
