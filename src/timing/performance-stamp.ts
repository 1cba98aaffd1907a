// The loop's clock where koffi is missing: performance.now reads CLOCK_MONOTONIC as process.hrtime does, and makes no
// array on every call, which in a spinning loop would keep the garbage collector busy.
import type { StampClock } from './clock.ts';
import { stampClock } from './open-stamp-clock.ts';
import { bindHrtime } from './snapshot-pure.ts';

const READINGS = 50;

/** Stamps of CLOCK_MONOTONIC by performance.now, in ns since `epochSeconds`. */
export function openPerformanceStampClock(epochSeconds: number): StampClock {
  const offsetNs = offsetToMonotonicNs(epochSeconds);
  return stampClock('CLOCK_MONOTONIC', epochSeconds, () => performance.now() * 1e6 + offsetNs);
}

/** What performance.now counts from, read by the narrowest pair of readings: both are the same clock. */
function offsetToMonotonicNs(epochSeconds: number): number {
  const monotonicNs = bindHrtime(epochSeconds);
  let [leastNs, offsetNs] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < READINGS; i++) {
    const beforeNs = performance.now() * 1e6;
    const nowNs = monotonicNs();
    const afterNs = performance.now() * 1e6;
    if (afterNs - beforeNs < leastNs) {
      leastNs = afterNs - beforeNs;
      offsetNs = nowNs - (beforeNs + afterNs) / 2;
    }
  }
  return offsetNs;
}
