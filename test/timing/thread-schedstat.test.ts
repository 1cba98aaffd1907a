import { once } from 'node:events';
import { closeSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import {
  openThreadSchedstat,
  parseSchedstat,
  SCHEDSTAT_PATH,
  type Schedstat,
} from '../../src/timing/thread-schedstat.ts';
import { realTime } from './snapshot-clock.contract.ts';

const empty = (): Schedstat => ({ cpuNs: 0, runQueueNs: 0, timeslices: 0 });

function parse(text: string): Schedstat {
  const bytes = new TextEncoder().encode(text);
  const into = empty();
  parseSchedstat(bytes, bytes.length, into);
  return into;
}

describe('parseSchedstat()', () => {
  test('reads three fields exactly up to 104 days', () => {
    expect(parse('9007199254740991 12345 7\n')).toEqual({
      cpuNs: 9007199254740991,
      runQueueNs: 12345,
      timeslices: 7,
    });
  });

  test('ignores bytes beyond the length that was read', () => {
    const bytes = new TextEncoder().encode('1 2 3\n99 99 99\n');
    const into = empty();
    parseSchedstat(bytes, 6, into);
    expect(into).toEqual({ cpuNs: 1, runQueueNs: 2, timeslices: 3 });
  });

  test.each(['', '1 2', '1 2\n', 'x 2 3\n', '1 2 3'])('refuses %j', (text) => {
    expect(() => parse(text)).toThrow('Cannot read schedstat');
  });
});

/** CPU time in ns that a descriptor shows before and after this thread spun for 60 ms. */
function growthWhileSpinning(fd: number): number {
  const bytes = new Uint8Array(96);
  const read = (): number => {
    process.cpuUsage();
    const into = empty();
    parseSchedstat(bytes, readSync(fd, bytes, 0, 96, 0), into);
    return into.cpuNs + into.runQueueNs;
  };
  const before = read();
  realTime.run(6e7);
  return read() - before;
}

test('openThreadSchedstat() follows the calling thread', () => {
  const opened = openThreadSchedstat();
  if (!opened.available) throw new Error(opened.reason);
  using schedstat = opened.value;
  expect(growthWhileSpinning(schedstat.fd)).toBeGreaterThan(4e7);
});

test('openThreadSchedstat() must open synchronously: an asynchronous open follows a pool thread', async () => {
  const file = await open(SCHEDSTAT_PATH, 'r');
  expect(growthWhileSpinning(file.fd)).toBeLessThan(2e7);
  await file.close();
});

test('openThreadSchedstat() must run on the measured thread: the descriptor of a worker follows the worker', async () => {
  const worker = new Worker(
    `const { openSync } = require('node:fs');
     const { parentPort } = require('node:worker_threads');
     parentPort.postMessage(openSync('${SCHEDSTAT_PATH}', 'r'));
     parentPort.once('message', () => {});`,
    { eval: true, execArgv: [] },
  );
  const [fd] = (await once(worker, 'message')) as [number];
  // It may still be busy with its start.
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(growthWhileSpinning(fd)).toBeLessThan(2e7);
  closeSync(fd);
  await worker.terminate();
});

test('openThreadSchedstat() gives the reason where the file is missing', () => {
  expect(openThreadSchedstat('/proc/thread-self/no-such-file')).toEqual({
    available: false,
    reason: '/proc/thread-self/no-such-file: ENOENT',
  });
});
