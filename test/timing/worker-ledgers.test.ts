import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import { threadIds, threadsSince } from '../../src/timing/thread-ids.ts';
import { openWorkerLedgers, workerTimes } from '../../src/timing/worker-ledgers.ts';

test('workerTimes() adds up, and finds the busiest', () => {
  const from = Float64Array.of(10, 1, 20, 2);
  const to = Float64Array.of(15, 2, 50, 5);
  expect(workerTimes(from, to)).toEqual({ busiestCpuNs: 30, cpuNs: 35, runQueueNs: 4 });
  expect(workerTimes(new Float64Array(0), new Float64Array(0))).toEqual({
    busiestCpuNs: 0,
    cpuNs: 0,
    runQueueNs: 0,
  });
});

test('openWorkerLedgers() leaves out threads that are not there', () => {
  using ledgers = openWorkerLedgers(() => [process.pid, 2 ** 22 + 1]);
  expect(ledgers.threadIds()).toEqual([process.pid]);
  expect(ledgers.newReading()).toHaveLength(2);
});

test('rescan() finds threads that came later, and a thread that ended keeps its values', async () => {
  const files = systemFiles();
  const before = threadIds(files);
  if (!before.available) throw new Error(before.reason);
  const find = (): readonly number[] => {
    const since = threadsSince(files, before.value);
    return since.available ? since.value : [];
  };
  using ledgers = openWorkerLedgers(find);
  const worker = new Worker('setInterval(() => {}, 1000)', { eval: true });
  await new Promise((resolve) => worker.once('online', resolve));
  ledgers.rescan();
  expect(ledgers.threadIds().length).toBeGreaterThanOrEqual(1);
  const reading = ledgers.newReading();
  ledgers.read(reading);
  await worker.terminate();
  const later = Float64Array.from(reading);
  expect(() => ledgers.read(later)).not.toThrow();
  expect(workerTimes(reading, later).cpuNs).toBeGreaterThanOrEqual(0);
});
