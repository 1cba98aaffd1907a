import { expect, test } from 'vitest';
import { CLOCK, openLibc, RUSAGE_THREAD, SC_CLK_TCK } from '../../src/timing/libc.ts';

function libc() {
  const opened = openLibc();
  if (!opened.available) throw new Error(opened.reason);
  return opened.value;
}

test('openLibc() reads the clock that process.hrtime reads', () => {
  const timespec = new BigInt64Array(new ArrayBuffer(16));
  const before = process.hrtime.bigint();
  expect(libc().clockGettime(CLOCK.MONOTONIC, libc().addressOf(timespec.buffer))).toBe(0);
  const [seconds = 0n, nanoseconds = 0n] = timespec;
  const now = seconds * 1_000_000_000n + nanoseconds;
  expect(now >= before && now <= process.hrtime.bigint()).toBe(true);
});

test('openLibc() reports a failing call by its status', () => {
  const memory = new ArrayBuffer(144);
  expect(libc().clockGettime(9999, libc().addressOf(memory))).toBe(-1);
  expect(libc().getrusage(9999, libc().addressOf(memory))).toBe(-1);
  expect(libc().getrusage(RUSAGE_THREAD, libc().addressOf(memory))).toBe(0);
  expect(libc().sysconf(SC_CLK_TCK)).toBe(100);
});

test('openLibc() refuses code that is longer than a page', () => {
  expect(() => libc().mapCode(new Uint8Array(4097))).toThrow('longer than a page');
});
