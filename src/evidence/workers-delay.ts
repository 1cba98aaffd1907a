// How much of the time that the threads of a software device waited for CPUs delayed a sample. They are woken by the submit
// call, compute, and signal the end, so their waits lie in queue, device time and wake-up. Pure, by sample.
import type { SampledRun } from '../report/case-samples.ts';
import { quantile } from '../stats/quantile.ts';
import { type Estimate, NOTHING, type ThreadDelay } from './run-queue-delay.ts';
import type { SampleStages, StagedRun } from './sample-stages.ts';
import { stealDelay } from './steal-delay.ts';

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
  staged: StagedRun,
): (stage: SampleStages, thread: ThreadDelay) => WorkersDelay {
  const { clocks, stages } = staged;
  if (!clocks.workers || !clocks.device) return () => NO_WORKERS;
  const around = stages.map(({ queueNs, wakeUpNs }) => (queueNs ?? 0) + (wakeUpNs ?? 0));
  const usualNs = around.length === 0 ? 0 : quantile(around, 0.25);
  const trust = trustOf(run, staged, usualNs);
  return (stage, thread) => {
    const room = { queue: stage.queueNs ?? 0, wakeUp: Math.max(0, (stage.wakeUpNs ?? 0) - thread.ns) };
    return placed(workersWait(run, stage, usualNs), room, trust);
  };
}

/** What is known of the workers in a sample, in ns. */
interface WorkersWait {
  /** R: of all workers together, and of one of them if they wait side by side. */
  readonly waitedNs: number;
  readonly eachNs: number;
  /** I: device time in which the busiest did not compute, and what of it the others cannot have filled. */
  readonly idleNs: number;
  readonly emptyNs: number;
  /** By how much the time around the device is longer than usual. */
  readonly longerNs: number;
}

function workersWait(
  { samples }: SampledRun,
  { index, wallNs, queueNs, deviceNs, wakeUpNs }: SampleStages,
  usualNs: number,
): WorkersWait {
  const waitedNs = Math.max(0, samples.workersRunQueueNs[index] as number);
  const busiestNs = samples.busiestWorkerCpuNs[index] as number;
  const allNs = samples.workersCpuNs[index] as number;
  const outsideNs = Math.max(0, (samples.ledgerWallNs[index] ?? wallNs) - wallNs);
  const idleNs = Math.max(0, (deviceNs as number) - busiestNs);
  return {
    waitedNs,
    eachNs: allNs > 0 ? (waitedNs * busiestNs) / allNs : waitedNs,
    idleNs,
    emptyNs: Math.max(0, idleNs - Math.max(0, allNs - busiestNs) - outsideNs),
    longerNs: Math.max(0, (queueNs ?? 0) + (wakeUpNs ?? 0) - usualNs - outsideNs),
  };
}

/** How much of the best statement, and of what is certain, steal leaves: ratios. */
interface Trust {
  readonly best: number;
  readonly low: number;
}

/**
 * A worker that waits behind one that is stolen from waits as well, and delays nothing by it. So over all samples what was
 * stolen is taken off the time that waiting may explain: by the best statement of it, and for certain by the most.
 */
function trustOf(run: SampledRun, staged: StagedRun, usualNs: number): Trust {
  const steal = stealDelay(run, staged);
  let [roomNs, bestNs, emptyNs, lowNs] = [0, 0, 0, 0];
  for (const stage of staged.stages) {
    const wait = workersWait(run, stage, usualNs);
    roomNs += wait.idleNs + wait.longerNs;
    bestNs += Math.min(wait.waitedNs, wait.idleNs + wait.longerNs);
    emptyNs += wait.emptyNs + wait.longerNs;
    lowNs += Math.min(wait.waitedNs, wait.emptyNs + wait.longerNs);
  }
  return { best: ratio(roomNs - steal.ns, bestNs), low: ratio(emptyNs - steal.highNs, lowNs) };
}

function ratio(leftNs: number, ofNs: number): number {
  return ofNs > 0 ? Math.max(0, Math.min(1, leftNs / ofNs)) : 1;
}

/**
 * In the device's time no more than it was idle, I, can have been waiting that delayed it, and for certain only what the
 * others cannot have computed meanwhile (C is the CPU time of all, M of the busiest, X the time beside the stamps):
 *
 *     min(R, I − (C − M) − X) ≤ delay ≤ min(R, I)
 *
 * Ahead of the device's start and behind its end a worker that finds no work may wait too, which delays nothing. There a wait
 * is certain as far as that time is longer than in the quarter of the samples where it is shortest. Workers that wait side by
 * side wait once for the sample: R·M/C.
 */
function placed(
  { waitedNs, eachNs, idleNs, emptyNs, longerNs }: WorkersWait,
  roomNs: { readonly queue: number; readonly wakeUp: number },
  trust: Trust,
): WorkersDelay {
  const aroundNs = roomNs.queue + roomNs.wakeUp;
  const inDeviceNs = Math.min(waitedNs, idleNs);
  const lowNs = Math.min(waitedNs, emptyNs) * trust.low;
  const leftNs = Math.max(0, eachNs - idleNs);
  const certainNs = Math.min(leftNs, longerNs, aroundNs) * trust.low;
  const inAroundNs = Math.max(certainNs, Math.min(leftNs, aroundNs) * trust.best);
  const part = (own: number, other: number): Estimate => ({
    lowNs: Math.max(0, certainNs - other),
    ns: aroundNs > 0 ? (inAroundNs * own) / aroundNs : 0,
    highNs: Math.min(waitedNs, own),
  });
  const device = { lowNs, ns: Math.max(lowNs, inDeviceNs * trust.best), highNs: inDeviceNs };
  return {
    queue: part(roomNs.queue, roomNs.wakeUp),
    device,
    wakeUp: part(roomNs.wakeUp, roomNs.queue),
    whole: {
      lowNs: lowNs + certainNs,
      ns: device.ns + inAroundNs,
      highNs: Math.min(waitedNs, idleNs + aroundNs),
    },
  };
}
