// The device's clock against this machine's, over a run: a second opinion on the guest's clock that costs
// nothing, because a GPU keeps its own time whatever the hypervisor does. Pure.
import { type Available, available, unavailable } from '../base/availability.ts';
import { type Bounded, within } from '../base/bounded.ts';
import { slopeInterval } from '../stats/slope-interval.ts';
import { type CalibrationPoint, type DeviceCounter, nearestTicks } from './gpu-timeline.ts';

/** How the device's clock runs against the CPU's. */
export interface GpuClockDrift {
  /**
   * In parts per million; positive: the device counts more time than this machine does, as when this machine's
   * clock stops. Contains what the time daemon slews where the CPU clock is CLOCK_MONOTONIC.
   */
  readonly driftPpm: Bounded;
  /** CPU time between the first and the last point, in ns. */
  readonly spanNs: number;
  readonly points: number;
  /** `false`: no constant rate lies within the deviations of all points, so a clock jumped, stopped or was slewed. */
  readonly constant: boolean;
}

/**
 * Drift over calibration points, in order. Its bound is (deviation of the first + of the last + two ticks) / span;
 * where a constant rate explains every point, only the rates that do.
 */
export function gpuClockDrift(
  points: readonly CalibrationPoint[],
  counter: DeviceCounter,
): Available<GpuClockDrift> {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || !(last.cpuNs > first.cpuNs))
    return unavailable('the device clock was read at fewer than two instants');
  if (!(counter.periodNs > 0)) return unavailable('the device does not say how long a tick is');
  const line = points.map(({ deviceTicks, cpuNs, maxDeviationNs }) => {
    const x = cpuNs - first.cpuNs;
    const deviceNs = nearestTicks(first.deviceTicks, deviceTicks, x, counter) * counter.periodNs;
    return { x, y: deviceNs - x, bound: maxDeviationNs + counter.periodNs };
  });
  const ends = [line[0], line.at(-1)] as [(typeof line)[0], (typeof line)[0]];
  const spanNs = ends[1].x;
  const whole = within((ends[1].y / spanNs) * 1e6, ((ends[0].bound + ends[1].bound) / spanNs) * 1e6);
  const slopes = slopeInterval(line);
  const driftPpm = slopes === null ? whole : narrowed(whole.value, slopes.low * 1e6, slopes.high * 1e6);
  return available({ driftPpm, spanNs, points: points.length, constant: slopes !== null });
}

/** The ends alone may say what the points between them exclude. */
function narrowed(value: number, low: number, high: number): Bounded {
  return { value: Math.min(high, Math.max(low, value)), low, high };
}
