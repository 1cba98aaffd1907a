import { expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { refusalReason } from '../../src/timing/perf-call.ts';

test('refusalReason() names the level that forbids, and what would allow', () => {
  expect(refusalReason('EACCES', available('3\n'))).toBe(
    'perf_event_open: EACCES: perf_event_paranoid is 3; sysctl kernel.perf_event_paranoid=2 would allow it',
  );
});

test('refusalReason() suspects the container where the level allows', () => {
  expect(refusalReason('EPERM', available('2\n'))).toMatch(/perf_event_paranoid is 2 and allows it.*seccomp/);
});

test('refusalReason() does not guess the level', () => {
  expect(refusalReason('EPERM', unavailable('/proc/sys/x: ENOENT'))).toContain('/proc/sys/x: ENOENT');
});

test.each([
  ['ENOSYS', 'sandbox'],
  ['EMFILE', 'ulimit -n'],
  ['ENOENT', 'cannot record'],
])('refusalReason() explains %s', (error, words) => {
  expect(refusalReason(error, available('2'))).toContain(words);
});

test('refusalReason() passes on what it does not know', () => {
  expect(refusalReason('EBUSY', available('2'))).toBe('perf_event_open: EBUSY');
});
