// Cuts one dispatch into submit, queue, device and wake-up, from CPU stamps around the calls and the
// device's own times placed on the same scale. Pure; refuses orders that cannot be, because a negative
// part would hide a wrong timeline.
import { type Available, available, unavailable } from '../base/availability.ts';

/** The instants of one dispatch, all in ns on one CPU scale. */
export interface DispatchInstants {
  /** Before the submit call. */
  readonly submitStartNs: number;
  /** After the submit call returned. */
  readonly submitEndNs: number;
  /** After the wait returned. */
  readonly waitEndNs: number;
  readonly deviceStartNs: number;
  readonly deviceEndNs: number;
  /** How far the device's instants may be off on the CPU scale. */
  readonly uncertaintyNs: number;
}

/**
 * The parts of one dispatch, in ns, none negative.
 * `submit + queue + device − overlap + wakeUp` is the wall time, within twice the uncertainty.
 */
export interface DispatchSplit {
  /** The submit call. */
  readonly submitNs: number;
  /** From its return to the device's start; 0 when the device had started before. */
  readonly queueNs: number;
  /** The device's own time, as it measured it. */
  readonly deviceNs: number;
  /** Device time during the submit call: counted in both. */
  readonly overlapNs: number;
  /** From the later of device end and submit's return to the wait's return. */
  readonly wakeUpNs: number;
  /** Error of queue, overlap and wake-up; submit and device are not touched by it. */
  readonly uncertaintyNs: number;
}

/** Splits a dispatch, or says which two instants contradict each other. */
export function splitDispatch(at: DispatchInstants): Available<DispatchSplit> {
  const contradiction = contradictionIn(at);
  if (contradiction !== undefined) return unavailable(contradiction);
  // Within the uncertainty the device's instants are moved to where they can have been.
  const deviceStartNs = Math.max(at.deviceStartNs, at.submitStartNs);
  const deviceEndNs = Math.min(Math.max(at.deviceEndNs, deviceStartNs), at.waitEndNs);
  const idleFromNs = Math.max(deviceEndNs, at.submitEndNs);
  return available({
    submitNs: at.submitEndNs - at.submitStartNs,
    queueNs: Math.max(0, deviceStartNs - at.submitEndNs),
    deviceNs: at.deviceEndNs - at.deviceStartNs,
    overlapNs: Math.max(0, Math.min(deviceEndNs, at.submitEndNs) - deviceStartNs),
    wakeUpNs: at.waitEndNs - idleFromNs,
    uncertaintyNs: at.uncertaintyNs,
  });
}

function contradictionIn(at: DispatchInstants): string | undefined {
  const slackNs = at.uncertaintyNs;
  if (!Object.values(at).every(Number.isFinite) || slackNs < 0) return 'an instant is missing or not finite';
  if (at.submitEndNs < at.submitStartNs)
    return order('submit returns', at.submitStartNs - at.submitEndNs, 'it starts');
  if (at.waitEndNs < at.submitEndNs)
    return order('the wait returns', at.submitEndNs - at.waitEndNs, 'submit returns');
  if (at.deviceEndNs < at.deviceStartNs) {
    return order('the device ends', at.deviceStartNs - at.deviceEndNs, 'it starts');
  }
  if (at.deviceStartNs < at.submitStartNs - slackNs) {
    return order('the device starts', at.submitStartNs - at.deviceStartNs, 'submit starts', slackNs);
  }
  if (at.deviceEndNs > at.waitEndNs + slackNs) {
    return order('the wait returns', at.deviceEndNs - at.waitEndNs, 'the device ends', slackNs);
  }
  return undefined;
}

function order(event: string, byNs: number, other: string, slackNs?: number): string {
  const beyond = slackNs === undefined ? '' : `, beyond the uncertainty of ${Math.round(slackNs)} ns`;
  return `${event} ${Math.round(byNs)} ns before ${other}${beyond}`;
}
