// Real context switches. Where this system forbids to record them, the reason is checked instead.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import type { SwitchRecord } from '../../src/timing/switch-records.ts';
import { openThreadSwitchRing, openTreeSwitchRings, type SwitchRing } from '../../src/timing/switch-ring.ts';
import { realTime } from './snapshot-clock.contract.ts';

function ringOf(options: Parameters<typeof openThreadSwitchRing>[0] = {}): SwitchRing {
  const ring = openThreadSwitchRing(options);
  if (!ring.available) throw new Error(ring.reason);
  return ring.value;
}

function drained({ drain }: Pick<SwitchRing, 'drain'>): { records: SwitchRecord[]; lost: number } {
  const records: SwitchRecord[] = [];
  const lost = drain((record) => records.push({ ...record }));
  return { records, lost };
}

const probe = openThreadSwitchRing();
if (probe.available) probe.value[Symbol.dispose]();

describe.runIf(probe.available)('openThreadSwitchRing()', () => {
  // On a busy machine a sleep may be over before the thread comes to it.
  test('shows the sleeps of this thread, where they were', { retry: 4 }, () => {
    const startNs = Number(process.hrtime.bigint());
    using ring = ringOf();
    for (let i = 0; i < 5; i++) realTime.block(5e6);
    const endNs = Number(process.hrtime.bigint());
    const { records, lost } = drained(ring);
    expect(lost).toBe(0);
    const threadId = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    let blockedNs = 0;
    for (const [i, record] of records.entries()) {
      expect(record).toMatchObject({ threadId, processId: process.pid, out: i % 2 === 0 });
      expect(record.atNs).toBeGreaterThanOrEqual(records[i - 1]?.atNs ?? startNs);
      expect(record.atNs).toBeLessThanOrEqual(endNs);
      const left = records[i - 1];
      if (left?.out === true && !left.preempt) blockedNs += record.atNs - left.atNs;
    }
    expect(records.filter(({ out, preempt }) => out && !preempt).length).toBeGreaterThanOrEqual(5);
    expect(blockedNs).toBeGreaterThan(0.95 * 25e6);
  });

  test('follows another thread of this process', async () => {
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads');
       const threadId = Number(require('node:fs').readlinkSync('/proc/thread-self').split('/').at(-1));
       parentPort.once('message', () => {
         for (let i = 0; i < 5; i++) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
         parentPort.postMessage(0);
       });
       parentPort.postMessage(threadId);`,
      { eval: true },
    );
    const [threadId] = await once(worker, 'message');
    using ring = ringOf({ threadId });
    worker.postMessage(0);
    await once(worker, 'message');
    const { records } = drained(ring);
    expect(records.filter(({ out }) => out).length).toBeGreaterThanOrEqual(5);
    expect(new Set(records.map((record) => record.threadId))).toEqual(new Set([threadId]));
    await worker.terminate();
  });

  test('says how many records a full ring lost, and goes on', () => {
    using ring = ringOf({ pages: 1 });
    for (let i = 0; i < 200; i++) realTime.block(5e4);
    const full = drained(ring);
    realTime.block(1e6);
    const { records, lost } = drained(ring);
    expect(full.records.length).toBeLessThanOrEqual(128);
    expect(full.lost + lost + full.records.length).toBeGreaterThan(2 * 190);
    expect(records.at(-1)?.out).toBe(false);
  });

  test('gives a reason for a thread that is not there', () => {
    expect(openThreadSwitchRing({ threadId: 2 ** 30 })).toEqual({
      available: false,
      reason: 'perf_event_open: ESRCH: there is no such thread',
    });
  });

  test('can be opened and disposed again and again; is not read once disposed', () => {
    for (let i = 0; i < 50; i++) ringOf({ pages: 2 })[Symbol.dispose]();
    const ring = ringOf();
    ring[Symbol.dispose]();
    ring[Symbol.dispose]();
    expect(() => ring.drain(() => {})).toThrow('it was disposed');
  });

  test('refuses a size that no ring can have', () => {
    expect(() => openThreadSwitchRing({ pages: 3 })).toThrow('not a power of two');
  });
});

describe.runIf(probe.available)('openTreeSwitchRings()', () => {
  test('shows a child and what it starts, from the exec on, and not this process', async () => {
    const opened = openTreeSwitchRings();
    if (!opened.available) throw new Error(opened.reason);
    using tree = opened.value;
    const startNs = Number(process.hrtime.bigint());
    const child = spawn('sh', ['-c', 'sleep 0.1 & sleep 0.1 & wait'], { stdio: 'ignore' });
    realTime.block(1e6);
    await once(child, 'exit');
    const { records, lost } = drained(tree);
    const processes = new Set(records.map(({ processId }) => processId));
    expect(lost).toBe(0);
    expect(processes.size).toBe(3);
    expect(processes).toContain(child.pid);
    expect(processes).not.toContain(process.pid);
    // Asleep for 100 ms: some thread's next record is that far from its last.
    const sleeps = [...processes].map((processId) => longestSleepNs(records, processId));
    expect(sleeps.filter((sleepNs) => sleepNs > 9e7).length).toBe(3);
    expect(Math.min(...records.map(({ atNs }) => atNs))).toBeGreaterThan(startNs);
  });

  test('shows a child from its first instant to its end, when told to follow from the fork', async () => {
    const opened = openTreeSwitchRings({ following: 'from-fork' });
    if (!opened.available) throw new Error(opened.reason);
    using tree = opened.value;
    const child = spawn('sleep', ['0.05'], { stdio: 'ignore' });
    await once(child, 'exit');
    const records = drained(tree).records.filter(({ processId }) => processId === child.pid);
    records.sort((a, b) => a.atNs - b.atNs);
    expect(records[0]).toMatchObject({ out: false });
    expect(records.at(-1)).toMatchObject({ out: true, ended: true });
    expect(records.filter(({ out }) => out).length).toBe(records.length / 2);
  });

  test('has a ring per CPU, each with the switches of its own CPU', async () => {
    const opened = openTreeSwitchRings({ pages: 8 });
    if (!opened.available) throw new Error(opened.reason);
    using tree = opened.value;
    await once(spawn('sh', ['-c', 'for i in 1 2 3 4; do sleep 0.01; done'], { stdio: 'ignore' }), 'exit');
    for (const ring of tree.rings) {
      for (const record of drained(ring).records) expect(record.cpu).toBe(ring.cpu);
    }
  });
});

function longestSleepNs(records: readonly SwitchRecord[], processId: number): number {
  const own = records.filter((record) => record.processId === processId).sort((a, b) => a.atNs - b.atNs);
  return own.reduce((longest, record, i) => Math.max(longest, record.atNs - (own[i - 1] ?? record).atNs), 0);
}

test.skipIf(probe.available)('openThreadSwitchRing() says why it may not record', () => {
  expect(probe).toMatchObject({ available: false, reason: expect.stringMatching(/\S/) });
});
