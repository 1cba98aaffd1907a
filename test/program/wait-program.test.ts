import { describe, expect, test } from 'vitest';
import { spawnProgram } from '../../src/program/spawn-program.ts';
import { decodeStatus, reapProgram, watchExit } from '../../src/program/wait-program.ts';
import { openLibc } from '../../src/timing/libc.ts';

const opened = openLibc();
if (!opened.available) throw new Error(opened.reason);
const libc = opened.value;

test('decodeStatus() tells an exit from a signal', () => {
  expect(decodeStatus(0)).toEqual({ exitCode: 0, signal: null });
  expect(decodeStatus(7 << 8)).toEqual({ exitCode: 7, signal: null });
  expect(decodeStatus(9)).toEqual({ exitCode: null, signal: 'SIGKILL' });
  expect(decodeStatus(11 | 0x80)).toEqual({ exitCode: null, signal: 'SIGSEGV' });
  expect(decodeStatus(40)).toEqual({ exitCode: null, signal: 'SIG40' });
});

describe('watchExit()', () => {
  test('waits, sees the end, and leaves the process to be reaped', () => {
    const pid = spawnProgram(libc, { argv: ['sleep', '0.2'], input: 'null', output: 'null' });
    using watch = watchExit(libc, pid);
    expect(watch.wait(0)).toBe('not-yet');
    for (let waits = 0; watch.wait(20_000) === 'not-yet'; waits++) expect(waits).toBeLessThan(10);
    expect(watch.wait(0)).toBe('ended');
    const end = reapProgram(libc, pid);
    expect(end).toMatchObject({ exitCode: 0, signal: null });
    expect(end.userNs + end.systemNs).toBeLessThan(200e6);
    expect(end.voluntarySwitches).toBeGreaterThanOrEqual(2);
    expect(() => reapProgram(libc, pid)).toThrow('Cannot reap process');
  });

  test('sees an end at once that came before', () => {
    const pid = spawnProgram(libc, { argv: ['sh', '-c', 'kill -KILL $$'], input: 'null', output: 'null' });
    using watch = watchExit(libc, pid);
    while (watch.wait(20_000) === 'not-yet');
    expect(reapProgram(libc, pid)).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
  });
});
