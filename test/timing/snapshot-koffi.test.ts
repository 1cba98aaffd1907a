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
  for (let i = 0; i < 3; i++) takeMany();
  // The least of some rounds: a collection makes a round negative, anything else on the heap adds to it.
  const bytes = [takeMany(), takeMany(), takeMany(), takeMany()].filter((growth) => growth >= 0);
  expect(Math.min(...bytes) / 5000).toBeLessThan(1);
});
