import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import type { OffCpu } from '../../src/timing/off-cpu.ts';
import { emptyOffCpu } from '../../src/timing/off-cpu.ts';
import { openStampClock } from '../../src/timing/open-stamp-clock.ts';
import { threadIds, threadsSince } from '../../src/timing/thread-ids.ts';
import {
  openWorkerLedgers,
  type WorkerReading,
  type WorkerSources,
  workerTimes,
} from '../../src/timing/worker-ledgers.ts';

const BIAS = { perBlockNs: 0, lowNs: 0, highNs: 0, waits: 20 };

/** A reading of one worker. */
function reading(wallNs: number, cpuNs: number, offCpu: Partial<OffCpu> | null = null): WorkerReading {
  return {
    wallNs: Float64Array.of(wallNs),
    stats: [{ cpuNs, runQueueNs: 0, timeslices: offCpu?.switchesIn ?? 0 }],
    offCpu: [offCpu === null ? null : { ...emptyOffCpu(), ...offCpu }],
  };
}

/** A thread that computes for 100 ms on demand; ends with the test. */
async function startWorker(): Promise<{ compute(): Promise<void>; worker: Worker }> {
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads');
     parentPort.on('message', () => { const end = performance.now() + 100; while (performance.now() < end); parentPort.postMessage('done'); });
     parentPort.postMessage('ready');`,
    { eval: true },
  );
  onTestFinished(() => void worker.terminate());
  const answer = (): Promise<void> => new Promise((resolve) => worker.once('message', () => resolve()));
  await answer();
  return {
    worker,
    compute: () => {
      worker.postMessage('go');
      return answer();
    },
  };
}

/** Follows the threads that there are not yet. */
function newThreads(switches: boolean): WorkerSources {
  const files = systemFiles();
  const before = threadIds(files);
  const stamps = openStampClock({ clock: 'CLOCK_MONOTONIC', epochSeconds: 0 });
  if (!before.available || !stamps.available) throw new Error('this machine has no threads or no clock');
  const find = (): readonly number[] => {
    const since = threadsSince(files, before.value);
    return since.available ? since.value : [];
  };
  return { find, nowNs: stamps.value.nowNs, switches };
}

describe('workerTimes()', () => {
  it('adds up, and finds the busiest', () => {
    const two = (a: number, b: number): WorkerReading => ({
      wallNs: new Float64Array(2),
      stats: [
        { cpuNs: a, runQueueNs: 1, timeslices: 0 },
        { cpuNs: b, runQueueNs: b / 10, timeslices: 0 },
      ],
      offCpu: [null, null],
    });
    expect(workerTimes(two(10, 20), two(15, 50), null)).toEqual({
      busiestCpuNs: 30,
      cpuNs: 35,
      runQueueNs: 3,
      delayLowNs: 0,
      spanNs: 0,
    });
  });

  it('knows what steal a worker cannot have made up for by sleeping less', () => {
    // Of 100 ms it computed 40 and slept 10: 50 were stolen, of which 10 may be hidden in the sleep.
    const from = reading(0, 0, {});
    const to = reading(100e6, 40e6, {
      onNs: 90e6,
      offNs: 10e6,
      blockedOffNs: 10e6,
      switchesOut: 1,
      switchesIn: 1,
      blocks: 1,
    });
    const { delayLowNs } = workerTimes(from, to, BIAS);
    expect(delayLowNs).toBeGreaterThan(40e6 - 200e3);
    expect(delayLowNs).toBeLessThanOrEqual(40e6);
  });

  it('does not call it a delay where another worker may have taken as long', () => {
    // The first computed 10 ms and was robbed of 5; the second computed 8, waited 4 for a CPU and slept 3. Without
    // steal the second would still have ended after 12 ms.
    const both = (...pair: readonly [WorkerReading, WorkerReading]): WorkerReading => ({
      wallNs: Float64Array.from(pair.flatMap(({ wallNs }) => [...wallNs])),
      stats: pair.flatMap(({ stats }) => stats),
      offCpu: pair.flatMap(({ offCpu }) => offCpu),
    });
    const from = both(reading(0, 0, {}), reading(0, 0, {}));
    const second = reading(15e6, 8e6, { onNs: 8e6, offNs: 7e6, switchesOut: 2, switchesIn: 2, blocks: 1 });
    (second.stats[0] as { runQueueNs: number }).runQueueNs = 4e6;
    const to = both(reading(15e6, 10e6, { onNs: 15e6 }), second);
    expect(workerTimes(from, to, BIAS).delayLowNs).toBeLessThanOrEqual(3e6);
    const alone = workerTimes(reading(0, 0, {}), reading(15e6, 10e6, { onNs: 15e6 }), BIAS);
    expect(alone.delayLowNs).toBeGreaterThan(4.9e6);
  });

  it('is certain of no delay where switches are missing or not recorded', () => {
    const incomplete = { onNs: 100e6, switchesIn: 1, unknownNs: 1 };
    expect(workerTimes(reading(0, 0, {}), reading(100e6, 40e6, incomplete), BIAS).delayLowNs).toBe(0);
    expect(workerTimes(reading(0, 0, {}), reading(100e6, 40e6, {}), null).delayLowNs).toBe(0);
    expect(workerTimes(reading(0, 0), reading(100e6, 40e6), BIAS).delayLowNs).toBe(0);
  });
});

describe('openWorkerLedgers()', () => {
  it('leaves out threads that are not there', () => {
    const sources = { ...newThreads(false), find: () => [process.pid, 2 ** 22 + 1] };
    using ledgers = openWorkerLedgers(sources);
    expect(ledgers.threadIds()).toEqual([process.pid]);
    expect(ledgers.newReading().stats).toHaveLength(1);
  });

  it.each([true, false])(
    'reads what a worker computed up to now, switches recorded: %s',
    async (switches) => {
      const sources = newThreads(switches);
      const { compute } = await startWorker();
      using ledgers = openWorkerLedgers(sources);
      const [from, to] = [ledgers.newReading(), ledgers.newReading()];
      await compute();
      ledgers.read(from);
      await compute();
      ledgers.read(to);
      const { busiestCpuNs, cpuNs, runQueueNs, delayLowNs } = workerTimes(from, to, BIAS);
      expect(busiestCpuNs + runQueueNs).toBeGreaterThan(50e6);
      expect(cpuNs).toBeGreaterThanOrEqual(busiestCpuNs);
      expect(delayLowNs).toBeLessThan(50e6);
    },
  );

  it('finds threads that came later, and one that ended keeps its values', async () => {
    using ledgers = openWorkerLedgers(newThreads(false));
    expect(ledgers.threadIds()).toEqual([]);
    const { worker } = await startWorker();
    ledgers.rescan();
    expect(ledgers.threadIds().length).toBeGreaterThanOrEqual(1);
    const [alive, ended] = [ledgers.newReading(), ledgers.newReading()];
    ledgers.read(alive);
    ledgers.read(ended);
    await worker.terminate();
    expect(() => ledgers.read(ended)).not.toThrow();
    expect(workerTimes(alive, ended, null).cpuNs).toBeGreaterThanOrEqual(0);
    // A reading that was made before it ended, and is filled for the first time after.
    const later = ledgers.newReading();
    ledgers.read(later);
    expect(workerTimes(alive, later, null).cpuNs).toBeGreaterThanOrEqual(0);
  });

  it('follows nobody before the first rescan, where that is asked for', () => {
    const sources = { ...newThreads(false), find: () => [process.pid], later: true };
    using ledgers = openWorkerLedgers(sources);
    expect(ledgers.threadIds()).toEqual([]);
    ledgers.rescan();
    expect(ledgers.threadIds()).toEqual([process.pid]);
  });

  it('follows nobody between release and the next rescan', async () => {
    const sources = newThreads(true);
    await startWorker();
    using ledgers = openWorkerLedgers(sources);
    const followed = ledgers.threadIds();
    expect(followed.length).toBeGreaterThanOrEqual(1);
    ledgers.release();
    expect(ledgers.threadIds()).toEqual([]);
    expect(ledgers.newReading().stats).toEqual([]);
    ledgers.rescan();
    expect(ledgers.threadIds()).toEqual(expect.arrayContaining([...followed]));
    expect(() => ledgers.read(ledgers.newReading())).not.toThrow();
  });
});
