import { expect, test } from 'vitest';
import { segment } from '../../src/timing/segment.ts';
import { simulateThread } from '../../src/timing/snapshot-simulated.ts';
import { snapshotClockContract } from './snapshot-clock.contract.ts';
import { verdictA } from './verdicts.ts';

snapshotClockContract('simulated', () => simulateThread({ widthNs: 1000 }));

test('simulateThread() charges steal as CPU time where the kernel does not exclude it', () => {
  const thread = simulateThread({ excludesSteal: false });
  const from = thread.clock.newSnapshot();
  const to = thread.clock.newSnapshot();
  thread.clock.take(from);
  thread.run(1000);
  thread.steal(500);
  thread.clock.take(to);
  expect(segment(from, to, thread.clock, verdictA)).toMatchObject({
    cpuNs: { value: 1500 },
    stealAndBlockedNs: { value: 0 },
  });
  expect(thread.stolenNs()).toBe(500);
});

test('simulateThread() stamps on the scale of its snapshots', () => {
  const thread = simulateThread();
  thread.run(1234);
  expect(thread.stamps.nowNs()).toBe(1234);
  expect(thread.stamps.toNs(1234n)).toBe(1234);
});

test('simulateThread() refuses time that runs backwards', () => {
  expect(() => simulateThread().run(-1)).toThrow('time does not run backwards');
  expect(() => simulateThread().steal(Number.NaN)).toThrow('time does not run backwards');
});
