import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { observeAccounting, watchAccounting } from '../../src/timing/observed-accounting.ts';
import { probeTiming } from '../../src/timing/probe.ts';
import { type SimulatedThread, simulateThread } from '../../src/timing/snapshot-simulated.ts';
import { allowedCpus } from '../../src/timing/thread-cpus.ts';

const TICK_NS = 1e7;

/** Watches a simulated thread whose windows the script fills; /proc/stat shows whole ticks of its steal. */
function watched(
  thread: SimulatedThread,
  window: (thread: SimulatedThread, durationNs: number) => void,
  limitNs = 1e9,
) {
  return watchAccounting(
    {
      clock: thread.clock,
      stolenNs: () => available(Math.floor(thread.stolenNs() / TICK_NS) * TICK_NS),
      spin: (durationNs) => window(thread, durationNs),
    },
    limitNs,
  );
}

const half = (thread: SimulatedThread, durationNs: number): void => {
  thread.run(durationNs / 2);
  thread.steal(durationNs / 2);
};

describe('watchAccounting()', () => {
  test('finds a scheduler that leaves steal out of run time', () => {
    const thread = simulateThread();
    expect(watched(thread, half)).toMatchObject({ value: true });
    // It does not watch longer than it must.
    expect(thread.stamps.nowNs()).toBeLessThan(3e8);
  });

  test('finds a scheduler that charges steal as run time', () => {
    expect(watched(simulateThread({ excludesSteal: false }), half)).toMatchObject({
      value: false,
      source: expect.stringMatching(/^observed: /),
    });
  });

  test('does not decide where a third of the steal is charged', () => {
    const dropping = (thread: SimulatedThread, durationNs: number): void => {
      thread.run(durationNs / 2);
      thread.steal(durationNs / 6);
      thread.stealUnseen(durationNs / 3);
    };
    expect(watched(simulateThread(), dropping)).toMatchObject({
      reason: expect.stringMatching(/^undecided: /),
    });
  });

  test('gives up at its limit where little is stolen', () => {
    const thread = simulateThread();
    const result = watched(thread, (on, durationNs) => on.run(durationNs), 4e8);
    expect(result).toMatchObject({ reason: expect.stringMatching(/^too little steal to judge by: 0 ns/) });
    expect(thread.stamps.nowNs()).toBeGreaterThanOrEqual(4e8);
    expect(thread.stamps.nowNs()).toBeLessThan(5e8);
  });

  test('ends also when the thread blocks in every window', () => {
    const blocking = (thread: SimulatedThread, durationNs: number): void => thread.block(durationNs);
    expect(watched(simulateThread(), blocking, 2e8).available).toBe(false);
  });

  test('is not misled by steal that falls on reading the sources', () => {
    const thread = simulateThread();
    const slow = {
      clock: thread.clock,
      stolenNs: () => {
        half(thread, 1e8);
        return available(thread.stolenNs());
      },
      spin: (durationNs: number) => half(thread, durationNs),
    };
    expect(watchAccounting(slow, 1e9)).toMatchObject({ value: true });
  });

  test('is not misled by a competitor', () => {
    const shared = (thread: SimulatedThread, durationNs: number): void => {
      thread.run(durationNs / 4);
      thread.waitForCpu(durationNs / 4);
      thread.steal(durationNs / 2);
    };
    expect(watched(simulateThread(), shared)).toMatchObject({ value: true });
  });

  test('passes on why steal or the run queue cannot be read', () => {
    const { clock } = simulateThread();
    const gone = { clock, stolenNs: () => unavailable('no row'), spin: () => {} };
    expect(watchAccounting(gone, 1)).toEqual(unavailable('no row'));
    const blind = { ...gone, clock: { ...clock, runQueue: unavailable('no schedstat') } };
    expect(watchAccounting(blind, 1)).toEqual(unavailable('no schedstat'));
  });
});

test('observeAccounting() does not contradict the configuration of this kernel, and leaves the thread free', () => {
  const before = allowedCpus(systemFiles());
  const observed = observeAccounting({ limitNs: 3e8 });
  expect(allowedCpus(systemFiles())).toEqual(before);
  const configured = probeTiming({ observeLimitNs: 0 }).capabilities.paravirtTimeAccounting;
  if (observed.available && configured.available) expect(observed.value).toBe(configured.value);
  else if (!observed.available) expect(observed.reason).toMatch(/too little steal|undecided/);
});
