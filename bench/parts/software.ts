// Sizes that a GPU needs to come near its limit, and that a software device would work on for seconds: skipped there,
// with that reason. One iteration must end soon, or watchdogs and patience end first.
import type { DeviceInfo } from 'guestmark';

const MOST_SECONDS = 0.7;

/**
 * Why a software device does not run a case, or null.
 *
 * @param work Of one iteration.
 * @param perSecond What one core of a CPU was measured to do of it, roughly.
 */
export function slowInSoftware({ software }: DeviceInfo, work: number, perSecond: number): string | null {
  const seconds = work / perSecond;
  if (!software || seconds <= MOST_SECONDS) return null;
  return `a software device would take about ${seconds.toPrecision(1)} seconds for one iteration`;
}
