import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import { openProcessEvent, scaledGrowth } from '../../src/counters/process-event.ts';
import { openLibc } from '../../src/timing/libc.ts';
import { threadIds } from '../../src/timing/thread-ids.ts';

const at = (count: number, enabledNs: number, runningNs: number): Parameters<typeof scaledGrowth>[0] => ({
  count,
  enabledNs,
  runningNs,
});

test.each([
  ['exact where it ran all the time', at(5, 100, 100), at(12, 200, 200), 7],
  ['nothing for a thread that slept', at(5, 100, 100), at(5, 100, 100), 0],
  ['scaled where it ran for a quarter of the time', at(0, 0, 0), at(10, 400, 100), 40],
  ['by its own part of the time only', at(10, 400, 100), at(20, 500, 200), 10],
  ['unknown where it never ran', at(5, 100, 50), at(5, 200, 50), Number.NaN],
])('scaledGrowth() is %s', (_, before, after, growth) => {
  expect(scaledGrowth(before, after)).toBe(growth);
});

const libc = openLibc();
const TASK_CLOCK = { type: 1, config: 1 };
const ids = threadIds(systemFiles());
const probe =
  libc.available && ids.available ? openProcessEvent(libc.value, TASK_CLOCK, ids.value) : 'no libc';
if (typeof probe === 'string') console.warn(`process-event: a test is skipped: ${probe}`);

test.skipIf(typeof probe === 'string')(
  'openProcessEvent() counts threads that are started later, also when they are gone',
  async () => {
    if (typeof probe === 'string') return;
    using event = probe;
    const before = event.read();
    const spin = 'const end = Date.now() + 30; while (Date.now() < end);';
    const cpuBefore = process.cpuUsage();
    await once(new Worker(spin, { eval: true }), 'exit');
    const cpu = process.cpuUsage(cpuBefore);
    const after = event.read();
    if (!before.available || !after.available) throw new Error('not read');
    const grownNs = after.value - before.value;
    // The kernel charges a process by a clock without steal perhaps; the event's clock contains it.
    expect(grownNs).toBeGreaterThan(0.9 * 1000 * (cpu.user + cpu.system) - 2e6);
    expect(event.read()).toMatchObject({ available: true });
  },
);

test.skipIf(typeof probe === 'string')(
  'openProcessEvent() skips threads that are gone, and says when all are',
  () => {
    if (!libc.available || !ids.available) return;
    const gone = 2 ** 30;
    expect(openProcessEvent(libc.value, TASK_CLOCK, [gone])).toBe('ESRCH');
    const opened = openProcessEvent(libc.value, TASK_CLOCK, [gone, ...ids.value]);
    expect(typeof opened).toBe('object');
    if (typeof opened === 'object') opened[Symbol.dispose]();
  },
);
