// The device time between two timestamps, or why it cannot be one. A pair in the wrong order looks like an almost
// endless time once it is taken modulo the counter, and a counter that stands like work that took none: the wall time
// around the submission tells both. Pure.
import { type Available, available, unavailable } from '../base/availability.ts';
import { formatNs } from '../base/units.ts';
import { type DeviceCounter, ticksToNs } from './gpu-timeline.ts';

/** Raw timestamps around the work of one submission. */
export interface TickPair {
  readonly begin: bigint;
  readonly end: bigint;
}

/** Two oscillators differ by less than 1 in 1000, a time daemon's usual slew of 500 ppm included. */
const CLOCK_RATE_ERROR = 1e-3;
/**
 * What a time daemon can slow the clock of the wall time down by (adjtimex(2): a tick is within 10 % of its length; chronyd goes
 * to 8.3 %): the wall time is the wrong one then, and the device time is not to be lost to that.
 */
const MOST_SLEW = 0.1;
/** Each timestamp is cut off to a whole tick. */
const TICKS = 2;

/** How far a device time exceeds what two clocks usually differ by, in ns: above 0 it is in doubt, and not yet refused. */
export function excessNs(deviceNs: number, wallNs: number, periodNs: number): number {
  return deviceNs - wallNs * (1 + CLOCK_RATE_ERROR) - TICKS * periodNs;
}

/**
 * The time between the timestamps in ns, never 0. Its reasons are the same for all samples of a case, so that they can be counted.
 *
 * @param wallNs From before the submission until the wait for it returned.
 */
export function deviceInterval(
  { begin, end }: TickPair,
  wallNs: number,
  counter: DeviceCounter,
): Available<number> {
  const { validBits, periodNs } = counter;
  if (!(periodNs > 0)) return unavailable('the device does not say how long a tick is (timestampPeriod)');
  const deviceNs = ticksToNs(begin, end, counter);
  // What is above the valid bits does not count.
  if (deviceNs === 0)
    return unavailable(begin === 0n && end === 0n ? 'both timestamps are 0' : 'both timestamps are equal');
  const wrapNs = 2 ** validBits * periodNs;
  // What is longer than a wrap may contain any number of them.
  if (wallNs > wrapNs)
    return unavailable(`the counter wraps every ${formatNs(wrapNs)}, and the submission took longer`);
  if (deviceNs <= wallNs / (1 - MOST_SLEW) + TICKS * periodNs) return available(deviceNs);
  const backNs = ticksToNs(end, begin, counter);
  return unavailable(
    backNs < deviceNs
      ? 'the second timestamp is before the first'
      : 'the device time is longer than the wall time around it',
  );
}
