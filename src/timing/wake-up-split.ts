// Cuts the wake-up behind a device wait into what the machine takes to make the thread runnable, its wait in
// the run queue, and its way back to the caller. A competitor in the guest lands in the middle part, theft of
// the virtual CPU in the first. Pure.
import { type Available, available, unavailable } from '../base/availability.ts';

/** The instants of one wake-up on one CPU scale, in ns. */
export interface WakeUpInstants {
  readonly deviceEndNs: number;
  /** How far the device's end may be off. */
  readonly uncertaintyNs: number;
  /** When the thread was put on a CPU for the last time before the wait returned. */
  readonly lastInNs: number;
  readonly waitEndNs: number;
  /** Run-queue wait of the sample; that behind the device's end where the thread blocked once. */
  readonly runQueueNs: number;
  /** How often the thread blocked in the sample, and how often it was put on a CPU. */
  readonly blocks: number;
  readonly switchesIn: number;
}

/** The parts in ns; with the run-queue wait they are the wake-up time. */
export interface WakeUpSplit {
  /** From the device's end until the thread was runnable. */
  readonly notifyNs: number;
  /** From its return to a CPU until the wait returned. */
  readonly returnNs: number;
}

/**
 * notify = (switch-in − R) − device end; return = wait end − switch-in.
 *
 * @returns A reason where the thread did not switch exactly once, by blocking, or was woken before the device had ended.
 */
export function splitWakeUp(at: WakeUpInstants): Available<WakeUpSplit> {
  if (at.blocks !== 1 || at.switchesIn !== 1) {
    return unavailable(`the thread blocked ${at.blocks} times and was put on a CPU ${at.switchesIn} times`);
  }
  if (!Object.values(at).every(Number.isFinite)) return unavailable('an instant is missing');
  const notifyNs = at.lastInNs - at.runQueueNs - at.deviceEndNs;
  const returnNs = at.waitEndNs - at.lastInNs;
  if (notifyNs < -at.uncertaintyNs) return unavailable('the thread was woken before the device ended');
  if (returnNs < 0) return unavailable('the thread was put on a CPU after the wait returned');
  return available({ notifyNs: Math.max(0, notifyNs), returnNs });
}
