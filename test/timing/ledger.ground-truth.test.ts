// The ledger against things that really happen to the thread and whose size is known otherwise: nothing,
// a competitor on its CPU, sleeping, being stopped. Relations and wide bounds: the machine is shared.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import type { CaseSteal } from '../../src/timing/case-steal.ts';
import { countCaseSteal } from '../../src/timing/count-case-steal.ts';
import { openLibc } from '../../src/timing/libc.ts';
import { median } from '../../src/timing/median.ts';
import { openSnapshotClock } from '../../src/timing/open-snapshot-clock.ts';
import { openStampClock } from '../../src/timing/open-stamp-clock.ts';
import { probeTiming } from '../../src/timing/probe.ts';
import { type Segment, segment } from '../../src/timing/segment.ts';
import { spinNs } from '../../src/timing/spin.ts';
import { allowedCpus } from '../../src/timing/thread-cpus.ts';
import { realTime } from './snapshot-clock.contract.ts';
import { verdictA } from './verdicts.ts';

interface Ledger {
  readonly part: Segment;
  readonly cpuNs: number;
  readonly runQueueNs: number;
  readonly gapNs: number;
  readonly voluntarySwitches: number;
}

/** The ledger of this thread over some work. */
function ledgerOf(work: () => void): Ledger {
  using clock = openSnapshotClock().clock;
  const from = clock.newSnapshot();
  const to = clock.newSnapshot();
  clock.take(from);
  work();
  clock.take(to);
  const part = segment(from, to, clock, verdictA);
  if (!part.cpuNs.available || !part.runQueueNs.available || !part.stealAndBlockedNs.available) {
    throw new Error('the ledger is not available');
  }
  return {
    part,
    cpuNs: part.cpuNs.value,
    runQueueNs: part.runQueueNs.value,
    gapNs: part.stealAndBlockedNs.value,
    voluntarySwitches: to.voluntarySwitches - from.voluntarySwitches,
  };
}

function ceilingNs(steal: ReturnType<ReturnType<typeof countCaseSteal>>): number {
  const ceiling: CaseSteal['ceilingNs'] = steal.available ? steal.value.ceilingNs : steal;
  if (!ceiling.available) throw new Error(ceiling.reason);
  return ceiling.value;
}

/** Binds this thread to the first of its CPUs until the test ends. */
function pin(): void {
  const libc = openLibc();
  const cpus = allowedCpus(systemFiles());
  if (!libc.available || !cpus.available) throw new Error('the thread cannot be pinned');
  const setAffinity = (allowed: readonly number[]): void => {
    const mask = new Uint8Array(new ArrayBuffer(128));
    for (const cpu of allowed) mask[cpu >> 3] = (mask[cpu >> 3] as number) | (1 << (cpu & 7));
    expect(libc.value.schedSetaffinity(0, mask.length, libc.value.addressOf(mask.buffer))).toBe(0);
  };
  setAffinity(cpus.value.slice(0, 1));
  onTestFinished(() => setAffinity(cpus.value));
}

/** A shell that computes for ever on the CPUs of this thread; ends with the test. */
function startHog(): ChildProcess {
  const hog = spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' });
  onTestFinished(() => void hog.kill('SIGKILL'));
  return hog;
}

function cpuNsOf(child: ChildProcess): number {
  return Number(readFileSync(`/proc/${child.pid}/schedstat`, 'utf8').split(' ')[0]);
}

describe('segment() against the truth', () => {
  test('of nothing: windows of 1 ms close within their bound', () => {
    const count = countCaseSteal();
    const ledgers = Array.from({ length: 200 }, () => ledgerOf(() => spinNs(1e6)));
    const ceiling = ceilingNs(count());
    const unblocked = ledgers.filter(({ part }) => part.blocked === 'no');
    expect(unblocked.length).toBeGreaterThan(100);
    const bias = median(unblocked.map(({ gapNs }) => Math.abs(gapNs)));
    expect(bias).toBeLessThan(5000 + median(unblocked.map(({ part }) => part.boundNs)));
    const lostNs = unblocked.reduce((sum, { gapNs }) => sum + Math.max(0, gapNs), 0);
    // A hypervisor without a steal clock takes time that no counter shows; then C holds it, not the gap.
    expect(lostNs).toBeLessThan(ceiling + 2e6);
  });

  test('of a competitor: its CPU time is our run-queue wait, not steal', { retry: 2 }, () => {
    pin();
    const hog = startHog();
    spinNs(1e8);
    const count = countCaseSteal();
    let hogNs = 0;
    const { part, runQueueNs, gapNs } = ledgerOf(() => {
      const before = cpuNsOf(hog);
      spinNs(8e8);
      hogNs = cpuNsOf(hog) - before;
    });
    expect(hogNs).toBeGreaterThan(part.wallNs / 10);
    expect(runQueueNs).toBeGreaterThanOrEqual(0.95 * hogNs);
    expect(gapNs).toBeLessThan(ceilingNs(count()) + 2e6);
    expect(part.violation).toBeUndefined();
  });

  test('of sleeping: the time in the call is the blocked time', () => {
    const stamps = openStampClock();
    if (!stamps.available) throw new Error(stamps.reason);
    let asleepNs = 0;
    const { part, cpuNs, runQueueNs, gapNs, voluntarySwitches } = ledgerOf(() => {
      for (let i = 0; i < 20; i++) {
        spinNs(2e6);
        const startNs = stamps.value.nowNs();
        realTime.block(1e7);
        asleepNs += stamps.value.nowNs() - startNs;
      }
    });
    expect(part.blocked).toBe('yes');
    expect(voluntarySwitches).toBeGreaterThanOrEqual(20);
    expect(part.stealNs).toMatchObject({ value: { lowNs: 0, meaning: 'ceiling' } });
    expect(gapNs + runQueueNs).toBeGreaterThan(0.95 * asleepNs);
    // In the call but not blocked: entering, leaving, and waiting for a CPU after the wake-up.
    expect(gapNs).toBeLessThan(asleepNs + 2e6);
    // The spinning takes wall time; a competitor may have most of it.
    expect(cpuNs + runQueueNs).toBeGreaterThan(0.5 * 20 * 2e6);
  });

  test('of being stopped: the pause is neither CPU time nor waiting', { retry: 2 }, async () => {
    const stopper = spawn(
      'sh',
      ['-c', `echo ready; sleep 0.1; kill -STOP ${process.pid}; sleep 0.3; kill -CONT ${process.pid}`],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    await new Promise((resolve) => stopper.stdout.once('data', resolve));
    const ended = new Promise((resolve) => stopper.once('exit', resolve));
    const { part, gapNs } = ledgerOf(() => spinNs(9e8));
    await ended;
    expect(gapNs).toBeGreaterThan(2.8e8);
    expect(gapNs).toBeLessThan(8e8);
    expect(part.blocked).toBe('yes');
    expect(part.violation).toBeUndefined();
  });
});

test('probeTiming() does not claim tier A or B where /proc/stat has no steal and nothing offers it', () => {
  const { capabilities, verdict } = probeTiming();
  const offered = capabilities.stealClock.available && capabilities.stealClock.value;
  expect(['A', 'B'].includes(verdict.tier)).toBe(offered);
});
