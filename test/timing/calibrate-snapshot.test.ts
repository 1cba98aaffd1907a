import { expect, test } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { calibrateSnapshot } from '../../src/timing/calibrate-snapshot.ts';
import { openSnapshotClock } from '../../src/timing/open-snapshot-clock.ts';
import { openPureSnapshotClock } from '../../src/timing/snapshot-pure.ts';
import { simulateThread } from '../../src/timing/snapshot-simulated.ts';

test('calibrateSnapshot() finds the cost and the null distribution of this machine in time', () => {
  using clock = openSnapshotClock().clock;
  const startMs = performance.now();
  const found = calibrateSnapshot(clock);
  // 60 ms by design; the rest is for a machine that is shared with other work.
  expect(performance.now() - startMs).toBeLessThan(2000);
  expect(found.costMinNs).toBeGreaterThan(0);
  expect(found.costMedianNs).toBeGreaterThanOrEqual(found.costMinNs);
  if (!('p50Ns' in found.nullWindows)) throw new Error(found.nullWindows.reason);
  expect(found.nullWindows.count).toBeGreaterThan(10);
  expect(Math.abs(found.nullWindows.p50Ns)).toBeLessThan(found.widthMedianNs + 20_000);
});

test('calibrateSnapshot() finds the bias of a clock', () => {
  const thread = simulateThread({ widthNs: 400 });
  const spin = (durationNs: number): void => {
    thread.run(durationNs);
    thread.steal(70);
  };
  expect(calibrateSnapshot(thread.clock, { spin })).toEqual({
    clock: 'simulated',
    wallClock: 'CLOCK_MONOTONIC_RAW',
    costMinNs: 400,
    costMedianNs: 400,
    briefCostMedianNs: 400,
    widthMedianNs: 400,
    nullWindows: { count: 200, p01Ns: 70, p50Ns: 70, p99Ns: 70 },
  });
});

test('calibrateSnapshot() leaves windows out in which the thread blocked, and stops at its limit', () => {
  const thread = simulateThread({ widthNs: 100 });
  let window = 0;
  const spin = (durationNs: number): void =>
    window++ % 2 === 0 ? thread.run(durationNs) : thread.block(durationNs);
  const { nullWindows } = calibrateSnapshot(thread.clock, { spin, limitNs: 1e6 });
  expect(nullWindows.count).toBeGreaterThan(5);
  expect(nullWindows.count).toBeLessThan(12);
  expect(nullWindows).toMatchObject({ p50Ns: 0, p99Ns: 0 });
});

test('calibrateSnapshot() has no null distribution without the run-queue wait, and says so', () => {
  using clock = openPureSnapshotClock(unavailable('no schedstat'));
  expect(calibrateSnapshot(clock).nullWindows).toEqual({ count: 0, reason: 'no schedstat' });
});
