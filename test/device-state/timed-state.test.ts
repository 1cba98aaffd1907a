import { describe, expect, it } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { timedState } from '../../src/device-state/timed-state.ts';

describe('timedState()', () => {
  it('measures how long a reading takes, in ns', () => {
    const none = unavailable('not told');
    const state = timedState(() => {
      const startMs = performance.now();
      while (performance.now() - startMs < 2);
      return {
        computeClockHz: none,
        memoryClockHz: none,
        temperatureCelsius: none,
        powerWatts: none,
        throttleReasons: none,
        busyRatio: none,
      };
    });
    expect(state.costNs).toBeGreaterThanOrEqual(2e6);
    expect(state.costNs).toBeLessThan(5e9);
    expect(state.computeClockHz).toBe(none);
  });
});
