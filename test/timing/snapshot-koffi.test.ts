import { expect, test } from 'vitest';
import { openKoffiSnapshotClock } from '../../src/timing/snapshot-koffi.ts';
import { type ClockUnderTest, realTime, snapshotClockContract } from './snapshot-clock.contract.ts';

function open(): ClockUnderTest {
  const clock = openKoffiSnapshotClock();
  if (!clock.available) throw new Error(clock.reason);
  return { clock: clock.value, ...realTime };
}

snapshotClockContract('koffi', open);

test('openKoffiSnapshotClock() knows the switches of its own thread', () => {
  using clock = open().clock;
  expect(clock).toMatchObject({ name: 'koffi', wallClock: 'CLOCK_MONOTONIC_RAW', switchScope: 'thread' });
  const before = clock.newSnapshot();
  const after = clock.newSnapshot();
  clock.take(before);
  for (let i = 0; i < 5; i++) realTime.block(1e6);
  clock.take(after);
  expect(after.voluntarySwitches - before.voluntarySwitches).toBeGreaterThanOrEqual(5);
  expect(after.timeslices - before.timeslices).toBeGreaterThanOrEqual(5);
});

test('openKoffiSnapshotClock() take() allocates nothing', () => {
  using clock = open().clock;
  const snapshot = clock.newSnapshot();
  const takeMany = (): number => {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 5000; i++) clock.take(snapshot);
    return process.memoryUsage().heapUsed - before;
  };
  // The least of many rounds: a collection makes a round negative, and a compiler at work on another
  // thread adds to it; what take() itself allocates is in every one.
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 60 && least >= 1; round++) {
    const growth = takeMany();
    if (growth >= 0) least = Math.min(least, growth / 5000);
  }
  expect(least).toBeLessThan(1);
});
