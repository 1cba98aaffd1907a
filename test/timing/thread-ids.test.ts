import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import { threadIds, threadsSince } from '../../src/timing/thread-ids.ts';
import { openWorkerLedgers, workerTimes } from '../../src/timing/worker-ledgers.ts';
import { machineRoot } from './machine-fixture.ts';

const files = systemFiles();

test('threadIds() has the main thread, which bears the id of the process', () => {
  expect(threadIds(files)).toMatchObject({ value: expect.arrayContaining([process.pid]) });
});

test('threadIds() reads numbers only, and says what is missing', () => {
  const root = machineRoot({
    '/proc/self/task/12/comm': 'a\n',
    '/proc/self/task/7/comm': 'b\n',
    '/proc/self/task/x': '',
  });
  expect(threadIds(systemFiles(root))).toEqual({ available: true, value: [7, 12] });
  expect(threadIds(systemFiles(machineRoot({}))).available).toBe(false);
});

test('threadsSince() finds a thread that was started, and its ledger is that of its work', async () => {
  const before = threadIds(files);
  if (!before.available) throw new Error(before.reason);
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads');
     parentPort.on('message', () => { const end = performance.now() + 100; while (performance.now() < end); parentPort.postMessage('done'); });
     parentPort.postMessage('ready');`,
    { eval: true },
  );
  onTestFinished(() => void worker.terminate());
  await new Promise((resolve) => worker.once('message', resolve));
  const since = threadsSince(files, before.value);
  if (!since.available) throw new Error(since.reason);
  expect(since.value.length).toBeGreaterThanOrEqual(1);
  expect(since.value).not.toContain(process.pid);
  const nowNs = (): number => performance.now() * 1e6;
  using ledgers = openWorkerLedgers({ find: () => since.value, nowNs, switches: false });
  const [from, to] = [ledgers.newReading(), ledgers.newReading()];
  ledgers.read(from);
  worker.postMessage('go');
  await new Promise((resolve) => worker.once('message', resolve));
  ledgers.read(to);
  const { busiestCpuNs, cpuNs, runQueueNs } = workerTimes(from, to, null);
  expect(busiestCpuNs + runQueueNs).toBeGreaterThan(50e6);
  expect(cpuNs).toBeGreaterThanOrEqual(busiestCpuNs);
});
