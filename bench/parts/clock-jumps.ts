// Whether one of two clocks jumped: a change of their distance that neither their rate nor the error of the readings
// explains. A machine that was stopped and went on looks like that, and so does a device that was reset. Pure.
import type { CalibrationPoint, DeviceCounter } from 'guestmark/timing';
import { nearestStep } from './device-clock.ts';

/** The change between two readings that is largest for certain, in ns. */
export interface ClockJump {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Changes between neighbouring points, beyond the median rate of all.
 *
 * @param leastNs Changes that are larger than this for certain are counted.
 */
export function clockJumps(
  points: readonly CalibrationPoint[],
  counter: DeviceCounter,
  leastNs: number,
): { readonly largest: ClockJump; readonly count: number } | null {
  const steps = points
    .slice(1)
    .map((point, index) => stepBetween(points[index] as CalibrationPoint, point, counter));
  const rates = steps.filter(({ cpuNs }) => cpuNs > 0).map(({ cpuNs, changeNs }) => changeNs / cpuNs);
  if (rates.length === 0) return null;
  const rate = rates.sort((a, b) => a - b)[Math.floor(rates.length / 2)] as number;
  const jumps = steps.map(({ cpuNs, changeNs, boundNs }): ClockJump => {
    const value = Math.abs(changeNs - rate * cpuNs);
    return { value, low: Math.max(0, value - boundNs), high: value + boundNs };
  });
  const largest = jumps.reduce((worst, jump) => (jump.low > worst.low ? jump : worst));
  return { largest, count: jumps.filter(({ low }) => low > leastNs).length };
}

function stepBetween(
  from: CalibrationPoint,
  to: CalibrationPoint,
  { validBits, periodNs }: DeviceCounter,
): { readonly cpuNs: number; readonly changeNs: number; readonly boundNs: number } {
  const cpuNs = to.cpuNs - from.cpuNs;
  const ticks = nearestStep(Number(to.deviceTicks - from.deviceTicks), validBits);
  return {
    cpuNs,
    changeNs: ticks * periodNs - cpuNs,
    boundNs: from.maxDeviationNs + to.maxDeviationNs + 2 * periodNs,
  };
}
