import { expect, test } from 'vitest';
import { spinNs } from '../../src/timing/spin.ts';
import { openThreadSchedstat } from '../../src/timing/thread-schedstat.ts';

test('spinNs() lasts as long as asked and uses the CPU or waits for it', () => {
  const opened = openThreadSchedstat();
  if (!opened.available) throw new Error(opened.reason);
  using schedstat = opened.value;
  const from = { cpuNs: 0, runQueueNs: 0, timeslices: 0 };
  const to = { ...from };
  schedstat.read(from);
  const start = performance.now();
  spinNs(4e7);
  expect(performance.now() - start).toBeGreaterThanOrEqual(40);
  schedstat.read(to);
  expect(to.cpuNs + to.runQueueNs - from.cpuNs - from.runQueueNs).toBeGreaterThan(2.5e7);
});
