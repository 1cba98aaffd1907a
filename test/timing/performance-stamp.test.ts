import { expect, it } from 'vitest';
import { openStampClock } from '../../src/timing/open-stamp-clock.ts';
import { openPerformanceStampClock } from '../../src/timing/performance-stamp.ts';

it('openPerformanceStampClock() is on the scale of CLOCK_MONOTONIC', () => {
  const monotonic = openStampClock({ epochSeconds: 0 });
  if (!monotonic.available) throw new Error(monotonic.reason);
  const stamps = openPerformanceStampClock(0);
  expect(stamps).toMatchObject({ name: 'CLOCK_MONOTONIC', epochSeconds: 0 });
  // Each stamp between two of the other clock: no bound on time, only an order, give or take the offset's error.
  for (let i = 0; i < 100; i++) {
    const beforeNs = monotonic.value.nowNs();
    const nowNs = stamps.nowNs();
    const afterNs = monotonic.value.nowNs();
    expect(nowNs).toBeGreaterThan(beforeNs - 5e4);
    expect(nowNs).toBeLessThan(afterNs + 5e4);
  }
});
