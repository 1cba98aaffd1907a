import { expect, test } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { segment } from '../../src/timing/segment.ts';
import { openPureSnapshotClock } from '../../src/timing/snapshot-pure.ts';
import { realTime, snapshotClockContract } from './snapshot-clock.contract.ts';
import { verdictA } from './verdicts.ts';

snapshotClockContract('pure-node', () => ({ clock: openPureSnapshotClock(), ...realTime }));

test('openPureSnapshotClock() brings the CPU time of the running thread up to date', () => {
  using clock = openPureSnapshotClock();
  const from = clock.newSnapshot();
  const to = clock.newSnapshot();
  const shares: number[] = [];
  for (let i = 0; i < 40; i++) {
    clock.take(from);
    realTime.run(3e5);
    clock.take(to);
    shares.push((to.cpuNs - from.cpuNs + to.runQueueNs - from.runQueueNs) / (to.wallNs - from.wallNs));
  }
  // Without the update most windows, shorter than a tick, would show no CPU time at all.
  expect(shares.filter((share) => share > 0.9).length).toBeGreaterThan(30);
});

test('openPureSnapshotClock() without schedstat says what it cannot separate', () => {
  using clock = openPureSnapshotClock(unavailable('/proc/thread-self/schedstat: ENOENT'));
  const from = clock.newSnapshot();
  const to = clock.newSnapshot();
  clock.take(from);
  realTime.run(2e6);
  clock.take(to);
  expect(clock).toMatchObject({ cpuScope: 'process', runQueue: { available: false } });
  expect(to.cpuNs).toBeGreaterThan(from.cpuNs);
  const part = segment(from, to, clock, verdictA);
  expect(part.wallNs).toBeGreaterThan(1.9e6);
  for (const unknown of [part.cpuNs, part.runQueueNs, part.stealAndBlockedNs, part.stealNs]) {
    expect(unknown.available).toBe(false);
  }
});
