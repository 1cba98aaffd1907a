// Places device timestamps on the CPU's time scale, from pairs of both clocks read together
// (vkGetCalibratedTimestamps) before and after. Pure; ticks stay bigint until they are subtracted.
import { type Available, available, unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';

/** The device's timestamp counter. */
export interface DeviceCounter {
  /** VkQueueFamilyProperties::timestampValidBits, 36 to 64: the counter wraps there. */
  readonly validBits: number;
  /** VkPhysicalDeviceLimits::timestampPeriod: ns per tick, a float such as 0.9999 or 52.083. */
  readonly periodNs: number;
}

/** Both clocks at one instant. */
export interface CalibrationPoint {
  /** The raw counter. */
  readonly deviceTicks: bigint;
  /** The CPU clock in ns, on the scale of the stamps. */
  readonly cpuNs: number;
  /** How far apart the two readings may be. */
  readonly maxDeviationNs: number;
}

/** An instant on the CPU scale. */
export interface PlacedInstant {
  readonly cpuNs: number;
  readonly uncertaintyNs: number;
}

/** Places device ticks between two calibration points. Plain data describes how well. */
export interface GpuTimeline {
  /** Ticks per CPU clock against the period that the device states, in parts per million. */
  readonly driftPpm: number;
  /**
   * The CPU time of a device timestamp.
   *
   * @param ticks The timestamp; only its valid bits count.
   * @param nearNs Any CPU time within half a wrap of it, such as the stamp before submit: tells the wraps apart.
   */
  place(ticks: bigint, nearNs: number): PlacedInstant;
}

/** More disagreement than oscillators and a 500 ppm time daemon explain means a wrong period or a reset counter. */
const MAX_DRIFT_PPM = 2000;

/**
 * Ticks from `begin` to `end` in ns; right across one wrap of the counter.
 *
 * @throws GuestmarkError (unsupported) when the queue family has no timestamps (0 valid bits).
 */
export function ticksToNs(begin: bigint, end: bigint, counter: DeviceCounter): number {
  return Number(ticksBetween(begin, end, counter.validBits)) * counter.periodNs;
}

/** The ticks from `begin` forward to `end`, modulo the counter. */
function ticksBetween(begin: bigint, end: bigint, validBits: number): bigint {
  if (!(validBits >= 1 && validBits <= 64)) {
    throw new GuestmarkError('unsupported', `Cannot use device timestamps: ${validBits} valid bits`);
  }
  return BigInt.asUintN(validBits, end - begin);
}

/**
 * The timeline between two calibration points, the second one later. The rate is the measured one; it includes
 * the slew of the CPU clock, which is what stamps of that clock need.
 *
 * Uncertainty of a placed instant: the deviations of both points, weighted by distance (they also bound the
 * error of the rate, so it grows outside), plus one tick.
 */
export function fitGpuTimeline(
  before: CalibrationPoint,
  after: CalibrationPoint,
  counter: DeviceCounter,
): Available<GpuTimeline> {
  const spanNs = after.cpuNs - before.cpuNs;
  if (!(spanNs > 0)) return unavailable('the calibration points are not in order');
  if (!(counter.periodNs > 0)) return unavailable('the device does not say how long a tick is');
  const ticks = nearestTicks(before.deviceTicks, after.deviceTicks, spanNs, counter);
  const nsPerTick = spanNs / ticks;
  const driftPpm = (nsPerTick / counter.periodNs - 1) * 1e6;
  const explainedPpm = MAX_DRIFT_PPM + ((before.maxDeviationNs + after.maxDeviationNs) / spanNs) * 1e6;
  if (!(ticks > 0) || Math.abs(driftPpm) > explainedPpm) {
    return unavailable(`the device counter runs ${driftPpm.toFixed(0)} ppm off its stated period`);
  }
  return available({
    driftPpm,
    place: (raw, nearNs) => {
      const distance = nearestTicks(before.deviceTicks, raw, nearNs - before.cpuNs, counter);
      const fraction = distance / ticks;
      const deviationNs =
        Math.abs(1 - fraction) * before.maxDeviationNs + Math.abs(fraction) * after.maxDeviationNs;
      return { cpuNs: before.cpuNs + distance * nsPerTick, uncertaintyNs: deviationNs + counter.periodNs };
    },
  });
}

/** Ticks from `origin` to `raw`, whole wraps added or removed to come nearest to the expected time. */
export function nearestTicks(
  origin: bigint,
  raw: bigint,
  expectedNs: number,
  counter: DeviceCounter,
): number {
  const forward = ticksBetween(origin, raw, counter.validBits);
  const wrap = 1n << BigInt(counter.validBits);
  const wraps = Math.round((expectedNs / counter.periodNs - Number(forward)) / Number(wrap));
  return Number(forward + BigInt(wraps) * wrap);
}
