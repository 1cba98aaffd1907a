// Counts the samples whose timestamps cannot be true, by what is wrong with them. Pure; whether one can be is judged in
// src/timing/device-interval.ts, and what many of them mean in src/report/device-timestamps.ts.
import type { DeviceCounter } from '../timing/gpu-timeline.ts';
import type { TimestampFault } from './case-run.ts';
import { deviceTimeOf, type RawSample } from './sample-store.ts';

/** Of samples that should have a device time: the reasons with their counts, the most frequent first. */
export function timestampFaults(
  samples: readonly RawSample[],
  counter: DeviceCounter,
): readonly TimestampFault[] {
  if (counter.validBits === 0) return [];
  const counts = new Map<string, number>();
  for (const sample of samples) {
    const time = deviceTimeOf(sample, counter);
    if (!time.available) counts.set(time.reason, (counts.get(time.reason) ?? 0) + 1);
  }
  const faults = [...counts].map(([reason, count]) => ({ reason, samples: count }));
  return faults.sort((left, right) => right.samples - left.samples);
}
