// Blocking against waits whose length is known otherwise: sleeps by their deadline, a pause by the clock of the
// process that made it. Exact only where context switches can be recorded; skipped elsewhere, with the reason.
import { type ChildProcess, spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openOffCpuSource } from '../../src/timing/off-cpu-source.ts';
import { openSnapshotClock } from '../../src/timing/open-snapshot-clock.ts';
import type { Segment } from '../../src/timing/segment.ts';
import { spinNs } from '../../src/timing/spin.ts';
import { blockedDuring } from './blocked-during.ts';
import { realTime } from './snapshot-clock.contract.ts';

const TOLERANCE_NS = 2e6;

/** 2 ms, unless competitors switched the thread about so much that the ledger itself claims no more. */
function toleranceOf({ splitErrorNs, boundNs }: Segment): number {
  return Math.max(TOLERANCE_NS, splitErrorNs + boundNs);
}

/**
 * Stops process `pid` for 300 ms and says for how long at least (from when its thread was seen stopped until it is told
 * to go on) and at most, in ns: a thread that waits for a CPU stops only when it has one.
 */
const STOPPER = `
  const [pid, thread] = process.argv.slice(1);
  const { readFileSync } = require('node:fs');
  const now = () => Number(process.hrtime.bigint());
  const isStopped = () => / T /.test(readFileSync('/proc/' + thread + '/stat', 'utf8'));
  const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  console.log('ready');
  sleep(150);
  const told = now();
  process.kill(Number(pid), 'SIGSTOP');
  while (!isStopped());
  const stopped = now();
  sleep(300);
  const continues = now();
  process.kill(Number(pid), 'SIGCONT');
  console.log((continues - stopped) + ' ' + (now() - told));
`;

interface Stopper {
  readonly ready: Promise<void>;
  /** The least and the most that the pause lasted. */
  readonly pauseNs: Promise<readonly [number, number]>;
}

function startStopper(): Stopper {
  const child: ChildProcess = spawn(
    process.execPath,
    ['-e', STOPPER, String(process.pid), readlinkSync('/proc/thread-self')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk) => {
      text += String(chunk);
      resolve();
    });
  });
  const pauseNs = new Promise<readonly [number, number]>((resolve) => {
    child.once('close', () => {
      const [least, most] = (text.split('\n')[1] ?? '').split(' ').map(Number);
      resolve([least as number, most as number]);
    });
  });
  return { ready, pauseNs };
}

using clock = openSnapshotClock().clock;
const recorder = openOffCpuSource(clock);
if (recorder.available) recorder.value[Symbol.dispose]();
const skipped = recorder.available ? '' : ` (skipped: ${recorder.reason})`;

// A wake-up that the machine delays is none of the ledger's: hence the attempts.
describe.runIf(recorder.available)(`blocked time against the truth${skipped}`, () => {
  test('of sleeping is the length of the sleeps', { retry: 4 }, () => {
    const { part, blockedNs } = blockedDuring(() => {
      for (let i = 0; i < 5; i++) {
        spinNs(2e6);
        realTime.block(2e7);
      }
    });
    expect(part.blocked).toBe('yes');
    expect(Math.abs(blockedNs - 5 * 2e7)).toBeLessThan(toleranceOf(part));
  });

  test('of being stopped is the length of the pause', { retry: 4 }, async () => {
    const { ready, pauseNs } = startStopper();
    await ready;
    const { part, blockedNs } = blockedDuring(() => spinNs(8e8));
    expect(part.blocked).toBe('yes');
    const [leastNs, mostNs] = await pauseNs;
    expect(leastNs).toBeGreaterThan(2.9e8);
    const toleranceNs = toleranceOf(part);
    expect(blockedNs).toBeGreaterThan(leastNs - toleranceNs);
    expect(blockedNs).toBeLessThan(mostNs + toleranceNs);
  });
});
