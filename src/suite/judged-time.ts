// The one time of a sample by which warm-up, repetition and the stopping rule judge a case: decided once
// for the case, so that two clocks are never mixed in one median.
import type { ComputeDevice } from '../vulkan/compute-device.ts';
import type { Benchmark } from './benchmark.ts';
import { gpuNsOf, type RawSample } from './sample-store.ts';

/** Gives the judged time of a sample in nanoseconds. */
export type Judge = (sample: RawSample) => number;

/**
 * Latency is judged by the round trip, which is what it reports. Throughput is judged by device time where
 * the submission has timestamps, else by the round trip too.
 *
 * @param timestamps Whether the submission was recorded with timestamps that can be true.
 */
export function judgeFor(
  device: Pick<ComputeDevice, 'timestampValidBits' | 'timestampPeriodNs'>,
  kind: Benchmark['kind'],
  timestamps: boolean,
): Judge {
  const { timestampValidBits: validBits, timestampPeriodNs: periodNs } = device;
  if (kind === 'latency' || !timestamps || validBits === 0) {
    return (sample) => sample.waitEndNs - sample.submitStartNs;
  }
  // A sample whose timestamps are missing, or cannot be true, counts as the slowest: of no use to any median.
  return (sample) => gpuNsOf(sample, { validBits, periodNs }) ?? Number.POSITIVE_INFINITY;
}
