// The model of a wait for a device: which part of the steal delayed the dispatch, and what the wall time
// would have been without it. Pure. Steal while the device works is hidden: it delayed nothing, and taking
// it off would go below what the device itself needs. Formulas and their reasons: docs/timing-model.md.
import type { DispatchSteal, NsRange, ReadingOffsets } from './dispatch-steal.ts';

/** When the device worked, on the scale of the stamps. */
export interface DeviceInterval {
  readonly startNs: number;
  readonly endNs: number;
  /** How far both may be off on the CPU's scale. */
  readonly uncertaintyNs: number;
}

/** The instants of one dispatch on the stamp clock, in ns. */
export interface DispatchWindow {
  readonly submitStartNs: number;
  readonly submitEndNs: number;
  readonly waitEndNs: number;
  /** Null where the device's times cannot be placed. */
  readonly device: DeviceInterval | null;
  /** How far the ledger's readings are from the stamps. Default: they are at the same instants. */
  readonly offsets?: ReadingOffsets;
}

/** What the wall time of a dispatch would have been without steal. */
export interface CorrectedDispatch extends NsRange {
  /** Steal that delayed the dispatch. */
  readonly critical: NsRange;
}

/**
 * Corrects one dispatch on a device that works by itself, such as a GPU.
 *
 *     S_critical ≤ min(S_submit, device start − submit start) + min(S_wait, wait end − device end)
 *     S_critical ≥ (S_submit − submit after the doorbell) + (S_wait − wait while the device works)
 *     U ∈ [max(D, W − S_critical,high), W − S_critical,low]
 *
 * Steal that lasted until the device had ended may have spared the thread the sleep: without it the dispatch would
 * have taken one wake-up more, which is not in the interval.
 *
 * Every comparison with a device instant is widened by its uncertainty. The ledger is read a little before the first
 * stamp and behind the others; steal that may have fallen in between is not certain to be in W. Without a device interval all of the
 * steal may have delayed the dispatch, or none of it.
 *
 * @param busyNs Device time, which no correction goes below; 0 where it is not known.
 */
export function correctDispatch(
  window: DispatchWindow,
  steal: DispatchSteal,
  busyNs: number,
): CorrectedDispatch {
  const critical = criticalSteal(window, steal);
  return correctBy(window.waitEndNs - window.submitStartNs, critical, busyNs);
}

/** Steal on the critical path of one dispatch, in ns. */
export function criticalSteal(window: DispatchWindow, steal: DispatchSteal): NsRange {
  if (window.device === null) return { lowNs: 0, highNs: steal.whole.highNs };
  const room = criticalRoom(window, window.device);
  // Steal behind the device's end may count as the submit call's only where the device was that quick.
  const behind = room.endsBeforeReading ? steal.whole : steal.wait;
  const highNs = Math.min(steal.submit.highNs, room.aheadNs) + Math.min(behind.highNs, room.behindNs);
  const lowNs =
    Math.max(0, steal.submit.lowNs - room.submitHiddenNs) + Math.max(0, steal.wait.lowNs - room.waitHiddenNs);
  const mostNs = Math.min(steal.whole.highNs, highNs);
  return { lowNs: Math.min(lowNs, mostNs), highNs: mostNs };
}

/** How much of a dispatch lies where steal delays it, and how much where the device works meanwhile. */
interface CriticalRoom {
  /** Of the submit call, before the device starts. */
  readonly aheadNs: number;
  /** Of both, after the device ends. */
  readonly behindNs: number;
  /** The device may have ended before the ledger was read between the two. */
  readonly endsBeforeReading: boolean;
  /** Of the submit call and of the wait: where steal may be hidden, or beside the stamps. */
  readonly submitHiddenNs: number;
  readonly waitHiddenNs: number;
}

/**
 * How long a device may take from the doorbell, which rings somewhere within the submit call, to its start: drivers
 * and idle devices take 5 to 50 µs. Steal of the submit call beyond that is ahead of the doorbell for certain.
 */
const START_LATENCY_NS = 100e3;

function criticalRoom(at: DispatchWindow, device: DeviceInterval): CriticalRoom {
  const { submitStartNs, submitEndNs, waitEndNs, offsets = AT_THE_STAMPS } = at;
  const slackNs = device.uncertaintyNs;
  const latestStartNs = Math.min(device.startNs + slackNs, submitEndNs);
  const earliestEndNs = device.endNs - slackNs;
  const hiddenUntilNs = device.endNs + slackNs;
  const { lateNs, outsideNs } = offsets;
  const readNs = submitEndNs + lateNs;
  return {
    aheadNs: Math.max(0, latestStartNs - submitStartNs),
    behindNs: Math.max(0, waitEndNs - Math.max(earliestEndNs, submitStartNs)),
    endsBeforeReading: earliestEndNs < readNs,
    submitHiddenNs:
      Math.min(lateNs, outsideNs) + Math.max(0, Math.min(hiddenUntilNs, readNs) - doorbellNs(at, device)),
    waitHiddenNs: outsideNs + Math.max(0, Math.min(hiddenUntilNs, waitEndNs) - submitEndNs),
  };
}

const AT_THE_STAMPS: ReadingOffsets = { outsideNs: 0, lateNs: 0 };

/** The earliest that the doorbell can have rung; steal behind it may be hidden. */
function doorbellNs({ submitStartNs, submitEndNs }: SubmitCall, device: DeviceInterval): number {
  const startNs = device.startNs - device.uncertaintyNs;
  // A device that starts so late was busy, or slow: nothing is known of the doorbell.
  if (startNs > submitEndNs + START_LATENCY_NS) return submitStartNs;
  return Math.max(submitStartNs, startNs - START_LATENCY_NS);
}

type SubmitCall = Pick<DispatchWindow, 'submitStartNs' | 'submitEndNs'>;

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

/** A thread of a software device over one dispatch. */
export interface WorkerLedger {
  readonly cpuNs: number;
  /** Steal that certainly delayed the dispatch, in ns: what neither sleeping less nor another thread can have made up for. */
  readonly delayLowNs: number;
}

/**
 * Corrects one dispatch on a software device, whose worker threads run on this machine's CPUs. A thread that slept part
 * of the time may have made up for its steal, and so may others, or they took as long; only steal beyond that is certain
 * to have delayed anything, which with several busy workers is none.
 *
 *     U ∈ [max_i C_i , W − max_i (S_i − B_i − Σ_{j ≠ i} (W − B_j))]
 *
 * narrowed by the steal counters of the CPUs over all samples (steal-budget.ts).
 *
 * @param cpuIncludesSteal Tier B: then no CPU time is a floor.
 */
export function correctSoftwareDispatch(
  wallNs: number,
  threads: readonly WorkerLedger[],
  cpuIncludesSteal: boolean,
): CorrectedDispatch {
  const busiestNs = cpuIncludesSteal ? 0 : Math.max(0, ...threads.map(({ cpuNs }) => cpuNs));
  const highNs = Math.max(0, wallNs - busiestNs);
  const lowNs = Math.min(highNs, Math.max(0, ...threads.map(({ delayLowNs }) => delayLowNs)));
  return correctBy(wallNs, { lowNs, highNs }, 0);
}

function correctBy(wallNs: number, critical: NsRange, floorNs: number): CorrectedDispatch {
  const highNs = Math.max(floorNs, wallNs - critical.lowNs);
  return { lowNs: Math.min(highNs, Math.max(floorNs, wallNs - critical.highNs)), highNs, critical };
}
