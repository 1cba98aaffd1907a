// Corrects a pipeline: several dispatches that are submitted before one wait. What a single dispatch may have lost to
// steal is in dispatch-model.ts; here it is which dispatch steal in a submit call delays.
import { type CorrectedDispatch, correctBy, type DeviceInterval, doorbellNs } from './dispatch-model.ts';
import type { NsRange } from './dispatch-steal.ts';

/** One of several dispatches of a pipeline, all submitted before the first is waited for. */
export interface PipelinedDispatch {
  readonly submitStartNs: number;
  readonly submitEndNs: number;
  /** Steal charged to the thread within the submit call. */
  readonly submitSteal: NsRange;
  readonly device: DeviceInterval;
}

/** A pipeline: dispatches in their order, and the one wait behind them. */
export interface Pipeline {
  /** At least one. */
  readonly dispatches: readonly PipelinedDispatch[];
  readonly waitEndNs: number;
  /** Steal charged to the thread within the wait. */
  readonly waitSteal: NsRange;
}

/**
 * Corrects a pipeline. Steal in a submit call delays the device only as far as the device had nothing else to do. What
 * of it fell behind the call's own doorbell delays the dispatches after it, so it counts for the first idle time that
 * comes, at last for the one behind the device, where the thread came late to its wait:
 *
 *     S_critical ≤ Σ min(S_submit,1 + … + S_submit,i − what was counted , device idle before dispatch i)
 *                + min(S_wait + min(the rest, submit call behind the last device end) , wait end − last device end)
 *
 * The floor is the union of the device's busy time.
 */
export function correctPipeline(pipeline: Pipeline): CorrectedDispatch {
  const { dispatches, waitEndNs, waitSteal } = pipeline;
  const first = dispatches[0];
  const last = dispatches.at(-1);
  if (first === undefined || last === undefined)
    throw new RangeError('Cannot correct a pipeline: it is empty');
  let [highNs, leftNs, busyUntilNs] = [0, 0, first.submitStartNs];
  for (const { submitSteal, device } of dispatches) {
    const idleNs = Math.max(0, device.startNs + device.uncertaintyNs - busyUntilNs);
    leftNs += submitSteal.highNs;
    const countedNs = Math.min(leftNs, idleNs);
    highNs += countedNs;
    leftNs -= countedNs;
    busyUntilNs = Math.max(busyUntilNs, device.endNs - device.uncertaintyNs);
  }
  const lateNs = Math.min(leftNs, Math.max(0, last.submitEndNs - busyUntilNs));
  highNs += Math.min(waitSteal.highNs + lateNs, Math.max(0, waitEndNs - busyUntilNs));
  const waitHiddenNs = Math.max(0, last.device.endNs + last.device.uncertaintyNs - last.submitEndNs);
  const critical = {
    // Only the first dispatch finds the device idle for certain, and only as far as it has not begun yet.
    lowNs: Math.min(
      highNs,
      Math.max(0, first.submitSteal.lowNs - overlapNs(first)) + Math.max(0, waitSteal.lowNs - waitHiddenNs),
    ),
    highNs,
  };
  return correctBy(waitEndNs - first.submitStartNs, critical, deviceBusyNs(dispatches));
}

/** How much of the submit call may have passed after the doorbell. */
function overlapNs(dispatch: PipelinedDispatch): number {
  return Math.max(0, dispatch.submitEndNs - doorbellNs(dispatch, dispatch.device));
}

/** The union of the device's intervals, in ns; they come in order of their starts. */
export function deviceBusyNs(dispatches: readonly Pick<PipelinedDispatch, 'device'>[]): number {
  let [busyNs, untilNs] = [0, Number.NEGATIVE_INFINITY];
  for (const { device } of dispatches) {
    busyNs += Math.max(0, device.endNs - Math.max(device.startNs, untilNs));
    untilNs = Math.max(untilNs, device.endNs);
  }
  return busyNs;
}
