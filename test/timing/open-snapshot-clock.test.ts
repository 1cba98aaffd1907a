import { expect, test } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { openSnapshotClock } from '../../src/timing/open-snapshot-clock.ts';

test('openSnapshotClock() takes koffi where it works, without a reason', () => {
  const opened = openSnapshotClock();
  using clock = opened.clock;
  expect(clock.name).toBe('koffi');
  expect(opened.fallbackReason).toBeUndefined();
});

test('openSnapshotClock() falls back to pure Node and keeps the reason', () => {
  const opened = openSnapshotClock({}, () => unavailable('koffi: cannot find module'));
  using clock = opened.clock;
  expect(clock.name).toBe('pure-node');
  expect(opened.fallbackReason).toBe('koffi: cannot find module');
});

test('openSnapshotClock() leaves koffi alone when asked to', () => {
  const opened = openSnapshotClock({ prefer: 'pure-node' }, () => {
    throw new Error('koffi was opened');
  });
  using clock = opened.clock;
  expect(clock.name).toBe('pure-node');
});
