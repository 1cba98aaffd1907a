// How much of the time that the threads of a software device waited for CPUs delayed a sample. They are woken by the submit
// call, compute, and signal the end, so their waits lie in queue, device time and wake-up. Pure, by sample.
import type { SampledRun } from '../report/case-samples.ts';
import { quantile } from '../stats/quantile.ts';
import { type Estimate, NOTHING, type ThreadDelay } from './run-queue-delay.ts';
import type { SampleStages, StagedRun } from './sample-stages.ts';

/** The delay by the stage in which it lay. */
export interface WorkersDelay {
  readonly queue: Estimate;
  readonly device: Estimate;
  readonly wakeUp: Estimate;
  readonly whole: Estimate;
}

/** No worker waited, or the device has none. */
const NO_WORKERS: WorkersDelay = { queue: NOTHING, device: NOTHING, wakeUp: NOTHING, whole: NOTHING };

/** Gives the delay of each sample of a run; nothing where the device has no workers or nobody read their clocks. */
export function workersDelays(
  run: SampledRun,
  { clocks, stages }: StagedRun,
): (stage: SampleStages, thread: ThreadDelay) => WorkersDelay {
  if (!clocks.workers || !clocks.device) return () => NO_WORKERS;
  const around = stages.map(({ queueNs, wakeUpNs }) => (queueNs ?? 0) + (wakeUpNs ?? 0));
  const usualNs = around.length === 0 ? 0 : quantile(around, 0.25);
  return (stage, thread) => workersDelay(run, stage, { thread, usualNs });
}

/**
 * With the wait R of all workers, their CPU time C and that of the busiest, M. In the device's time no more than it was idle,
 * I = device − M, can have been waiting that delayed it, and for certain only what the others cannot have computed meanwhile:
 *
 *     min(R, I) − (C − M) − X ≤ delay ≤ min(R, I)
 *
 * Ahead of the device's start and behind its end, A in all, a worker that finds no work may wait too, which delays nothing.
 * There a wait is certain as far as A is longer than in the quarter of the samples where it is shortest. Workers that wait side
 * by side wait once for the sample: R·M/C.
 */
function workersDelay(
  { samples }: SampledRun,
  { index, wallNs, queueNs, deviceNs, wakeUpNs }: SampleStages,
  { thread, usualNs }: { readonly thread: ThreadDelay; readonly usualNs: number },
): WorkersDelay {
  const waitedNs = Math.max(0, samples.workersRunQueueNs[index] as number);
  const busiestNs = samples.busiestWorkerCpuNs[index] as number;
  const allNs = samples.workersCpuNs[index] as number;
  const idleNs = Math.max(0, (deviceNs as number) - busiestNs);
  const outsideNs = Math.max(0, (samples.ledgerWallNs[index] ?? wallNs) - wallNs);
  const inDeviceNs = Math.min(waitedNs, idleNs);
  const device = {
    lowNs: Math.max(0, inDeviceNs - Math.max(0, allNs - busiestNs) - outsideNs),
    ns: inDeviceNs,
    highNs: inDeviceNs,
  };
  const roomNs = { queue: queueNs ?? 0, wakeUp: Math.max(0, (wakeUpNs ?? 0) - thread.ns) };
  const aroundNs = roomNs.queue + roomNs.wakeUp;
  const eachNs = allNs > 0 ? (waitedNs * busiestNs) / allNs : waitedNs;
  const leftNs = Math.max(0, eachNs - idleNs);
  const certainNs = Math.max(0, Math.min(leftNs, aroundNs - usualNs) - outsideNs);
  const inAroundNs = Math.min(leftNs, aroundNs);
  const part = (own: number, other: number): Estimate => ({
    lowNs: Math.max(0, certainNs - other),
    ns: aroundNs > 0 ? (inAroundNs * own) / aroundNs : 0,
    highNs: Math.min(waitedNs, own),
  });
  return {
    queue: part(roomNs.queue, roomNs.wakeUp),
    device,
    wakeUp: part(roomNs.wakeUp, roomNs.queue),
    whole: {
      lowNs: device.lowNs + certainNs,
      ns: inDeviceNs + inAroundNs,
      highNs: Math.min(waitedNs, idleNs + aroundNs),
    },
  };
}
