import { describe, expect, test } from 'vitest';
import { CLOCK_SOURCES } from '../../src/timing/clock-sources.ts';
import { spinNs } from '../../src/timing/spin.ts';

function opened(name: string) {
  const source = CLOCK_SOURCES.find((one) => one.name === name)?.open();
  if (source?.available !== true) throw new Error(`${name}: ${source?.reason ?? 'unknown source'}`);
  return source.value;
}

describe('CLOCK_SOURCES', () => {
  test('have names of their own', () => {
    expect(new Set(CLOCK_SOURCES.map(({ name }) => name)).size).toBe(CLOCK_SOURCES.length);
  });

  test.each(CLOCK_SOURCES.map(({ name }) => name))(
    '%s moves on by what the thread computes, in ns',
    (name) => {
      const source = opened(name);
      const before = source.read();
      spinNs(3e7);
      const movedNs = source.read() - before;
      source.close?.();
      // CPU time is less than the wall time where others have the CPU, and that of a process more.
      expect(movedNs).toBeGreaterThan(1e5);
      expect(movedNs).toBeLessThan(1e10);
    },
  );

  test('state the resolution that clock_getres gives', () => {
    for (const name of ['CLOCK_MONOTONIC', 'CLOCK_MONOTONIC_RAW', 'CLOCK_THREAD_CPUTIME_ID']) {
      const { statedResolutionNs } = opened(name);
      if (!statedResolutionNs.available) throw new Error(statedResolutionNs.reason);
      // A nanosecond with high-resolution timers, a tick without.
      expect(statedResolutionNs.value).toBeGreaterThanOrEqual(1);
      expect(statedResolutionNs.value).toBeLessThanOrEqual(1e7);
    }
  });
});
