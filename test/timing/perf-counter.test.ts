import { closeSync, openSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openLibc } from '../../src/timing/libc.ts';
import { openPerfCounter, type PerfCounter } from '../../src/timing/perf-counter.ts';

/** PERF_TYPE_SOFTWARE: the clock of the thread, its page faults. */
const TASK_CLOCK = { type: 1, config: 1 };
const PAGE_FAULTS = { type: 1, config: 2 };
const THIS_THREAD = { threadId: 0, inherit: true, userOnly: true };

const libc = openLibc();
const probe = libc.available ? openPerfCounter(libc.value, TASK_CLOCK, THIS_THREAD) : libc.reason;
if (typeof probe === 'string') console.warn(`perf-counter: tests are skipped: ${probe}`);
else probe[Symbol.dispose]();

function open(event: typeof TASK_CLOCK): PerfCounter {
  if (!libc.available) throw new Error(libc.reason);
  const counter = openPerfCounter(libc.value, event, THIS_THREAD);
  if (typeof counter === 'string') throw new Error(counter);
  return counter;
}

test.skipIf(typeof probe === 'string')(
  'openPerfCounter() counts the clock of the thread, all the time',
  () => {
    using counter = open(TASK_CLOCK);
    const before = counter.read();
    const wallStart = process.hrtime.bigint();
    while (process.hrtime.bigint() - wallStart < 5_000_000n);
    const after = counter.read();
    const wallNs = Number(process.hrtime.bigint() - wallStart);
    const grown = after.count - before.count;
    expect(grown).toBeGreaterThan(0);
    expect(grown).toBeLessThan(wallNs + 20e6);
    expect(after.runningNs).toBe(after.enabledNs);
  },
);

test.skipIf(typeof probe === 'string')('openPerfCounter() counts page faults where memory is touched', () => {
  using counter = open(PAGE_FAULTS);
  const before = counter.read().count;
  // 64 MiB by huge pages are 32 faults, by small ones 16384.
  const memory = new Uint8Array(64 * 2 ** 20);
  for (let at = 0; at < memory.length; at += 4096) memory[at] = 1;
  const grown = counter.read().count - before;
  expect(grown).toBeGreaterThanOrEqual(memory.length / 2 ** 21 - 1);
});

test.skipIf(!libc.available)('openPerfCounter() gives the name of the error', () => {
  if (!libc.available || typeof probe === 'string') return;
  expect(openPerfCounter(libc.value, { type: 1, config: 4000 }, THIS_THREAD)).toBe('ENOENT');
  const nobody = { ...THIS_THREAD, threadId: 2 ** 30 };
  expect(openPerfCounter(libc.value, TASK_CLOCK, nobody)).toBe('ESRCH');
});

test.skipIf(typeof probe === 'string')('a closed counter leaves whoever has its descriptor now alone', () => {
  const counter = open(TASK_CLOCK);
  counter[Symbol.dispose]();
  // The lowest free descriptor: the one that was the counter's.
  const fd = openSync('/proc/self/stat', 'r');
  expect(() => counter.read()).toThrow('it was closed');
  counter[Symbol.dispose]();
  expect(() => closeSync(fd)).not.toThrow();
});
