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
export function doorbellNs({ submitStartNs, submitEndNs }: SubmitCall, device: DeviceInterval): number {
  const startNs = device.startNs - device.uncertaintyNs;
  // A device that starts so late was busy, or slow: nothing is known of the doorbell.
  if (startNs > submitEndNs + START_LATENCY_NS) return submitStartNs;
  return Math.max(submitStartNs, startNs - START_LATENCY_NS);
}

type SubmitCall = Pick<DispatchWindow, 'submitStartNs' | 'submitEndNs'>;

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

/** The interval that follows from the steal on the critical path and from what nothing goes below. */
export function correctBy(wallNs: number, critical: NsRange, floorNs: number): CorrectedDispatch {
  const highNs = Math.max(floorNs, wallNs - critical.lowNs);
  return { lowNs: Math.min(highNs, Math.max(floorNs, wallNs - critical.highNs)), highNs, critical };
}
