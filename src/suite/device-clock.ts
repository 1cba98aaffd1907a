// The device's clock against the guest's over a case, from the calibration points that its samples carry.
// Where the device gives none, the reason; what the drift means is in src/timing/gpu-clock-drift.ts.
import { type Available, unavailable } from '../base/availability.ts';
import { type GpuClockDrift, gpuClockDrift } from '../timing/gpu-clock-drift.ts';
import type { CalibrationPoint, DeviceCounter } from '../timing/gpu-timeline.ts';
import type { RawSample } from './sample-store.ts';

/** Every pair of points is looked at: more of them would cost more than they tell. */
const MOST_POINTS = 100;

/** The drift over all samples that lie between calibration points. */
export function deviceClockOf(
  samples: readonly Pick<RawSample, 'before' | 'after'>[],
  counter: DeviceCounter,
): Available<GpuClockDrift> {
  const all = new Set<CalibrationPoint>();
  for (const { before, after } of samples) {
    for (const point of [before, after]) if (point !== null) all.add(point);
  }
  if (all.size === 0) return unavailable('the device clock was not read beside the clock of the stamps');
  return gpuClockDrift(evenly([...all]), counter);
}

/** Some of many, the first and the last among them. */
function evenly(points: readonly CalibrationPoint[]): readonly CalibrationPoint[] {
  if (points.length <= MOST_POINTS) return points;
  const step = (points.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, i) => points[Math.round(i * step)] as CalibrationPoint);
}
