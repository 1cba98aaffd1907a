// Warm-up and sampling of a prepared case until the stopping rule says enough.
import type { CalibrationPoint } from '../timing/gpu-timeline.ts';
import type { Submission } from '../vulkan/compute-device.ts';
import type { Case } from './case-id.ts';
import type { StopReason } from './case-run.ts';
import { gpuNsOf, newRawSample, type RawSample } from './sample-store.ts';
import type { CaseProgress, Session } from './session.ts';
import { MIN_SAMPLES, stopReason, TARGET_RELATIVE_HALF_WIDTH } from './stopping.ts';
import { takeSample, type Waiting } from './take-sample.ts';

/** Samples of one case and why there are no more. */
export interface Sampling {
  readonly samples: readonly RawSample[];
  readonly stopReason: StopReason;
}

/** A latency sample takes microseconds, so looking at progress after each would be most of the time. */
const BATCH = { throughput: 1, latency: 32 } as const;
const MAX_SAMPLES = { throughput: 1000, latency: 3200 } as const;
const WARM_UP_NS = 100e6;
const WARM_UP_SUBMISSIONS = { throughput: 2, latency: 64 } as const;

/**
 * Submits until clocks, caches and compilers are warm: at least a number of submissions, and until
 * 100 ms have passed or ten times as many were made.
 *
 * @returns How many submissions it took, and the time of the last one (device time if there is one).
 */
export async function warmUp(
  session: Session,
  one: Case,
  submission: Submission,
  waiting: Waiting,
): Promise<{ count: number; lastNs: number }> {
  const least = WARM_UP_SUBMISSIONS[one.benchmark.kind];
  const sample = newRawSample(() => session.clocks.snapshot.newSnapshot());
  const startNs = session.clocks.stamp.nowNs();
  let count = 0;
  while (count < least || (count < 10 * least && session.clocks.stamp.nowNs() - startNs < WARM_UP_NS)) {
    takeSample(session, submission, waiting, sample);
    count++;
    if (session.interrupted()) break;
    if (count % BATCH[one.benchmark.kind] === 0)
      await session.breathe({ id: one.id, phase: 'warming up', samples: 0 });
  }
  return { count, lastNs: judgedNs(session, sample) };
}

/** Samples until the rule stops it or the user does. */
export async function sampleCase(
  session: Session,
  one: Case,
  submission: Submission,
  waiting: Waiting,
): Promise<Sampling> {
  const { kind } = one.benchmark;
  const rule = ruleFor(session, kind);
  const samples: RawSample[] = [];
  const judged = new Float64Array(rule.maxSamples);
  const startNs = session.clocks.stamp.nowNs();
  let before = calibrate(session);
  for (;;) {
    const batch = Array.from({ length: BATCH[kind] }, () =>
      newRawSample(() => session.clocks.snapshot.newSnapshot()),
    );
    for (const sample of batch) takeSample(session, submission, waiting, sample);
    const after = calibrate(session);
    for (const sample of batch) {
      Object.assign(sample, { before, after });
      judged[samples.length] = judgedNs(session, sample);
      samples.push(sample);
    }
    before = after;
    const elapsedNs = session.clocks.stamp.nowNs() - startNs;
    const reason = stopReason(rule, judged.subarray(0, samples.length), elapsedNs);
    if (reason !== null) return { samples, stopReason: reason };
    if (session.interrupted()) return { samples, stopReason: 'interrupted' };
    const progress: CaseProgress = { id: one.id, phase: 'sampling', samples: samples.length };
    await session.breathe(progress);
  }
}

function ruleFor({ options }: Session, kind: 'throughput' | 'latency'): Parameters<typeof stopReason>[0] {
  return {
    minTimeNs: options.minTimeNs,
    maxTimeNs: options.maxTimeNs,
    minSamples: MIN_SAMPLES,
    maxSamples: MAX_SAMPLES[kind],
    targetRelativeHalfWidth: TARGET_RELATIVE_HALF_WIDTH,
  };
}

/** What a sample is judged by: device time where there is one, else wall time. */
function judgedNs({ device }: Session, sample: RawSample): number {
  const counter = { validBits: device.timestampValidBits, periodNs: device.timestampPeriodNs };
  return gpuNsOf(sample, counter) ?? sample.waitEndNs - sample.submitStartNs;
}

/** A calibration point on the scale of the stamps, or null where the driver offers none. */
function calibrate({ device, clocks }: Session): CalibrationPoint | null {
  const point = device.calibrate();
  if (!point.available) return null;
  const { deviceTicks, cpuNs, maxDeviationNs } = point.value;
  return { deviceTicks, cpuNs: clocks.stamp.toNs(cpuNs), maxDeviationNs };
}
