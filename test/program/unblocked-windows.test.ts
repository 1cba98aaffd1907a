import { describe, expect, test } from 'vitest';
import { type LookAtThread, UnblockedWindows } from '../../src/program/unblocked-windows.ts';

function look(atMs: number, cpuMs: number, overrides: Partial<LookAtThread> = {}): LookAtThread {
  const base = {
    atNs: atMs * 1e6,
    cpuNs: cpuMs * 1e6,
    runQueueNs: 0,
    voluntarySwitches: 3,
    isRunnable: true,
  };
  return { ...base, ...overrides };
}

describe('UnblockedWindows', () => {
  test('takes for steal what is neither CPU nor waiting, up to a known end', () => {
    const windows = new UnblockedWindows();
    windows.add(look(0, 0));
    windows.add(look(100, 50));
    windows.end(look(200, 90, { runQueueNs: 20e6, voluntarySwitches: 4 }), 1e6);
    expect(windows.lowNs).toBe(200e6 - 90e6 - 20e6 - 1e6);
  });

  test('gives up a tick where the thread slept, for the CPU time may be that old', () => {
    const windows = new UnblockedWindows();
    windows.add(look(0, 0));
    windows.add(look(100, 50));
    windows.add(look(200, 50, { voluntarySwitches: 4 }));
    expect(windows.lowNs).toBe(50e6 - 10e6);
  });

  test.each([
    ['slept at the first look', look(0, 0, { isRunnable: false }), look(100, 10)],
    ['slept in between', look(0, 0), look(100, 10, { voluntarySwitches: 5 })],
  ])('takes nothing for steal where the thread %s', (_, first, second) => {
    const windows = new UnblockedWindows();
    windows.add(first);
    windows.end(second, 0);
    expect(windows.lowNs).toBe(0);
  });

  test('never becomes negative', () => {
    const windows = new UnblockedWindows();
    windows.add(look(0, 0));
    windows.end(look(100, 105), 0);
    expect(windows.lowNs).toBe(0);
  });
});
