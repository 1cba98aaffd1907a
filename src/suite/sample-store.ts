// Room for the raw samples of one case, allocated outside of the timed region. What they turn into at the
// end is in sample-columns.ts.
import { type Available, unavailable } from '../base/availability.ts';
import { type BriefReading, emptyBrief, type ThreadSnapshot } from '../timing/clock.ts';
import { deviceInterval } from '../timing/device-interval.ts';
import type { CalibrationPoint, DeviceCounter } from '../timing/gpu-timeline.ts';
import type { OffCpu } from '../timing/off-cpu.ts';
import type { WorkerReading } from '../timing/worker-ledgers.ts';
import type { DeviceTicks } from '../vulkan/compute-device.ts';
import type { SessionClocks } from './session.ts';

/** One sample as it was read, nothing computed yet. CPU times in ns of the stamp clock. */
export interface RawSample {
  readonly from: ThreadSnapshot;
  /** After the submit call returned; null where it is not read. */
  readonly between: BriefReading | null;
  readonly to: ThreadSnapshot;
  /** The ledgers of a software device's workers; null on other devices. */
  readonly workersFrom: WorkerReading | null;
  readonly workersTo: WorkerReading | null;
  /** The thread's context switches between the snapshots; null where they are not recorded. */
  readonly offCpu: OffCpu | null;
  /** Throttled time of the control groups, as counters have it; NaN where they are not read. */
  throttledFromNs: number;
  throttledToNs: number;
  submitStartNs: number;
  submitEndNs: number;
  waitEndNs: number;
  ticks: DeviceTicks | null;
  /** Calibration points around the sample, or null. */
  before: CalibrationPoint | null;
  after: CalibrationPoint | null;
}

/**
 * Allocates one raw sample.
 *
 * @param split Whether the ledger is read between submit and wait too.
 */
export function newRawSample(
  { snapshot, workers, offCpu }: Pick<SessionClocks, 'snapshot' | 'workers' | 'offCpu'>,
  split: boolean,
): RawSample {
  const followed = (workers?.threadIds().length ?? 0) > 0;
  const newWorkers = (): WorkerReading | null => (followed ? (workers?.newReading() ?? null) : null);
  return {
    from: snapshot.newSnapshot(),
    between: split ? emptyBrief() : null,
    to: snapshot.newSnapshot(),
    workersFrom: newWorkers(),
    workersTo: newWorkers(),
    offCpu: offCpu?.recording === true ? offCpu.newSpan() : null,
    throttledFromNs: Number.NaN,
    throttledToNs: Number.NaN,
    // A sample that was never filled must not look like one that took no time.
    submitStartNs: Number.NaN,
    submitEndNs: Number.NaN,
    waitEndNs: Number.NaN,
    ticks: null,
    before: null,
    after: null,
  };
}

/** Device time of a sample, or why it has none. */
export function deviceTimeOf(sample: RawSample, counter: DeviceCounter): Available<number> {
  const { ticks, submitStartNs, waitEndNs } = sample;
  if (ticks === null) return unavailable('the device has not written its timestamps');
  return deviceInterval(ticks, waitEndNs - submitStartNs, counter);
}

/** Device time of a sample, or null where it has none that can be true. */
export function gpuNsOf(sample: RawSample, counter: DeviceCounter): number | null {
  const time = deviceTimeOf(sample, counter);
  return time.available ? time.value : null;
}
