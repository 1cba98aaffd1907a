// Readings of the device clock beside the stamp clock, taken between samples. They are an extra: where
// they cannot be had, the case goes on without the split of its waits, and says why.
import { describeError } from '../base/errors.ts';
import type { CalibrationPoint } from '../timing/gpu-timeline.ts';
import type { Session } from './session.ts';

/** Reads points on the scale of the stamps. */
export interface CalibrationPoints {
  /** The next point, or null where there is none. */
  read(): CalibrationPoint | null;
  /** What the reader must know: why points are missing that the device seemed to offer. */
  notes(): readonly string[];
}

/** Opens the readings of a session's device. */
export function calibrationPoints({ device, clocks }: Pick<Session, 'device' | 'clocks'>): CalibrationPoints {
  const { calibratedClock } = device;
  let reason: string | null = null;
  if (calibratedClock.available && calibratedClock.value !== clocks.stamp.name)
    reason = `stamps are of ${clocks.stamp.name}, the device is calibrated against ${calibratedClock.value}`;
  const read = (): CalibrationPoint | null => {
    if (!calibratedClock.available || reason !== null) return null;
    try {
      const point = device.calibrate();
      if (!point.available) throw new Error(point.reason);
      const { deviceTicks, cpuNs, maxDeviationNs } = point.value;
      return { deviceTicks, cpuNs: clocks.stamp.toNs(cpuNs), maxDeviationNs };
    } catch (error) {
      if (!device.usable) throw error;
      reason = describeError(error);
      return null;
    }
  };
  return {
    read,
    notes: () => (reason === null ? [] : [`queue and wake-up times are missing: ${reason}`]),
  };
}
