// What the wall time of one sample would have been without steal, as far as one sample can tell. The
// counters of the CPUs, which only count over many samples, narrow it later (report/corrected-wall.ts).

import type { OffCpuEvidence } from '../timing/blocked-split.ts';
import { correctDispatch, correctSoftwareDispatch, type DispatchWindow } from '../timing/dispatch-model.ts';
import { dispatchSteal, type NsRange, readingOffsets } from '../timing/dispatch-steal.ts';
import { type WorkerTimes, workerTimes } from '../timing/worker-ledgers.ts';
import type { PlacedDevice, SampleInterpretation } from './sample-interpretation.ts';
import { gpuNsOf, type RawSample } from './sample-store.ts';

/** The corrected wall time of one sample, in ns. */
export interface SampleCorrection {
  /** Without all that the scheduler may have charged as steal where it delays the sample. */
  readonly lowNs: number;
  /** Without the steal that certainly delayed the sample. */
  readonly highNs: number;
  /** What no steal, charged or not, can take the sample below. */
  readonly floorNs: number;
}

/** Corrects a sample; null where nothing is known of steal. */
export function correctionOf(
  sample: RawSample,
  device: PlacedDevice | null,
  how: SampleInterpretation,
): SampleCorrection | null {
  if (!how.ledger) return null;
  const { from, between, to } = sample;
  const offCpu = evidenceOf(sample, how);
  const readings = { from, between, to, ...(offCpu === undefined ? {} : { offCpu }) };
  const steal = dispatchSteal(readings, how.traits, how.verdict);
  if (!steal.available) return null;
  const wallNs = sample.waitEndNs - sample.submitStartNs;
  if (how.verdict.tier === 'E') return { lowNs: wallNs, highNs: wallNs, floorNs: wallNs };
  if (how.software) return correctedSoftware(sample, wallNs, how);
  const window: DispatchWindow = { ...sample, device, offsets: readingOffsets(readings, sample) };
  const busyNs = gpuNsOf(sample, how.counter) ?? 0;
  const { lowNs, highNs } = correctDispatch(window, steal.value, busyNs);
  const { lowNs: floorNs } = correctDispatch(window, EVERYTHING, busyNs);
  return { lowNs, highNs, floorNs };
}

/** The recorded switches of a sample, as segment() takes them. */
export function evidenceOf(sample: RawSample, how: SampleInterpretation): OffCpuEvidence | undefined {
  return sample.offCpu === null ? undefined : how.offCpu?.evidence(sample.offCpu);
}

/** As if every moment in which steal counts had been stolen. */
const ALL: NsRange = { lowNs: 0, highNs: Number.POSITIVE_INFINITY };
const EVERYTHING = { submit: ALL, wait: ALL, whole: ALL };

/** What a software device's workers did during a sample; null on other devices. */
export function workersOf(
  { workersFrom, workersTo }: RawSample,
  how: SampleInterpretation,
): WorkerTimes | null {
  if (workersFrom === null || workersTo === null) return null;
  // Only where run time excludes steal does a thread's own ledger show any.
  const bias = how.verdict.tier === 'A' ? (how.offCpu?.bias ?? null) : null;
  return workerTimes(workersFrom, workersTo, bias);
}

/**
 * By the workers alone: the waiting thread may spin, and would do so for less time without steal. What a worker
 * computed beside the sample is no floor of it. Its CPU time may also hold steal that the kernel did not charge, so it is
 * no floor for many samples.
 */
function correctedSoftware(sample: RawSample, wallNs: number, how: SampleInterpretation): SampleCorrection {
  const workers = workersOf(sample, how);
  if (workers === null) return { lowNs: 0, highNs: wallNs, floorNs: 0 };
  const { busiestCpuNs, delayLowNs, spanNs } = workers;
  // The submit call may be what took so long, and steal beside the sample delayed nothing in it.
  const submitNs = sample.submitEndNs - sample.submitStartNs;
  const outsideNs = Math.max(0, spanNs - wallNs);
  const thread = {
    cpuNs: Math.max(0, busiestCpuNs - outsideNs),
    delayLowNs: Math.max(0, delayLowNs - submitNs - outsideNs),
  };
  const { lowNs, highNs } = correctSoftwareDispatch(wallNs, [thread], how.verdict.tier === 'B');
  return { lowNs, highNs, floorNs: 0 };
}
