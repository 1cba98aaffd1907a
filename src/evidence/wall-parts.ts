// Where the wall time of a run went, as means that add up: the stages of a dispatch, and what was withheld from them by the
// hypervisor and by the guest's own scheduler. Pure, from the raw columns; says nothing of two runs.
import type { SampledRun } from '../report/case-samples.ts';
import type { PartMean } from './evidence.ts';
import { PARTS } from './part-labels.ts';
import { type ThreadDelay, threadDelays } from './run-queue-delay.ts';
import { type PieceId, type SampleStages, type StagedRun, stagesOf } from './sample-stages.ts';
import { SpanSums } from './span-sums.ts';
import { stealDelay } from './steal-delay.ts';
import { type WorkersDelay, workersDelays } from './workers-delay.ts';

/** The mean wall time of a run and its parts, in ns per iteration. */
export interface WallParts {
  readonly wallMeanNs: number;
  /** In the order of PARTS; what the clocks leave open is missing. */
  readonly parts: readonly PartMean[];
}

/**
 * Takes the mean wall time of a run apart. Withheld time (steal, run-queue wait, throttling) is taken out of the stage in
 * which it lay, so that the best statements add up to the wall time; where clocks lack, parts are missing.
 *
 * @param isSoftwareDevice The device computes on this guest's CPUs: what its threads waited for is not device time.
 */
export function wallParts(run: SampledRun, isSoftwareDevice: boolean, pieceId: PieceId = 'call'): WallParts {
  const { samples, iterations } = run;
  const wallMeanNs = samples.wallNs.reduce((sum, ns) => sum + ns, 0) / samples.wallNs.length / iterations;
  const staged = stagesOf(run);
  if (staged.stages.length === 0) return { wallMeanNs, parts: [] };
  const sums = sumOf(run, staged, { isSoftwareDevice, pieceId });
  const per = staged.stages.length * iterations;
  const parts = PARTS.flatMap((id) => sums.mean(id, per) ?? []);
  return { wallMeanNs, parts };
}

interface Kind {
  readonly isSoftwareDevice: boolean;
  readonly pieceId: PieceId;
}

function sumOf(run: SampledRun, staged: StagedRun, { isSoftwareDevice, pieceId }: Kind): SpanSums {
  const { clocks, stages } = staged;
  const sums = new SpanSums();
  const threadDelay = threadDelays(run, staged, pieceId);
  const workersDelay = workersDelays(run, staged);
  const isThrottled = run.samples.throttledNs.some((ns) => ns !== null);
  for (const stage of stages) {
    const delay = threadDelay(stage);
    addStages(sums, { run, stage, delay, pieceId });
    if (isSoftwareDevice && clocks.device) addWorkers(sums, run, stage, workersDelay(stage, delay));
    if (clocks.runQueue) addWithheld(sums, run, stage, { delay, isThrottled });
  }
  if (clocks.steal) sums.takeSteal(stealDelay(run, staged));
  return sums;
}

interface StagedSample {
  readonly run: SampledRun;
  readonly stage: SampleStages;
  readonly delay: ThreadDelay;
  readonly pieceId: PieceId;
}

/** The stages of the measuring thread, without what it waited for its CPU, and the device's. */
function addStages(sums: SpanSums, { run, stage, delay, pieceId }: StagedSample): void {
  const { submitNs, queueNs, deviceNs, wakeUpNs, wallNs, uncertaintyNs } = stage;
  const aheadNs = submitNs ?? 0;
  // Behind the submit call: the wake-up where the device's end is known, else all that is left.
  const behindNs = wakeUpNs ?? wallNs - aheadNs - (deviceNs ?? 0);
  const gapNs = submitGapNs(run, stage.index);
  const ahead = aheadShare(delay, { aheadNs, behindNs, gapNs });
  const errorNs = wakeUpNs === null ? 0 : uncertaintyNs;
  const offCpuNs = Math.max(0, gapNs ?? chargedNs(run, stage.index));
  const stolenAheadNs = Math.max(0, Math.min(aheadNs, offCpuNs) - ahead.ns);
  if (submitNs !== null) {
    sums.add('submit', { wholeNs: aheadNs, withheld: ahead, errorNs, stolenNs: stolenAheadNs });
  }
  const behind = {
    lowNs: Math.max(0, delay.lowNs - aheadNs),
    ns: delay.ns - ahead.ns,
    highNs: Math.min(behindNs, delay.highNs),
  };
  const stolenNs = Math.max(0, chargedNs(run, stage.index) - stolenAheadNs - ahead.ns - behind.ns);
  const behindId = wakeUpNs !== null ? 'wake-up' : submitNs === null ? pieceId : 'wait';
  sums.add(behindId, { wholeNs: behindNs, withheld: behind, errorNs, stolenNs });
  if (queueNs !== null) sums.add('queue', { wholeNs: queueNs, errorNs });
  if (deviceNs !== null) sums.add('device', { wholeNs: deviceNs });
}

/** What of a thread's delay lay in the submit call. */
function aheadShare(
  delay: ThreadDelay,
  { aheadNs, behindNs, gapNs }: { aheadNs: number; behindNs: number; gapNs: number | null },
): { lowNs: number; ns: number; highNs: number } {
  const mostNs = Math.min(aheadNs, gapNs ?? aheadNs);
  const lowNs = Math.min(aheadNs, Math.max(0, delay.lowNs - behindNs));
  const highNs = delay.isBehindWakeUp ? lowNs : Math.max(lowNs, Math.min(delay.highNs, mostNs));
  const sharedNs = delay.isBehindWakeUp ? 0 : (delay.ns * aheadNs) / Math.max(aheadNs + behindNs, 1e-9);
  const leastNs = Math.max(0, delay.ns - behindNs);
  return { lowNs, ns: Math.max(leastNs, Math.min(sharedNs, mostNs)), highNs: Math.max(highNs, leastNs) };
}

/** In the submit call, but not on a CPU: waiting, stolen or asleep; null where nobody read the clocks behind it. */
function submitGapNs({ samples }: SampledRun, index: number): number | null {
  const wallNs = samples.submitLedgerWallNs[index] ?? null;
  const cpuNs = samples.submitCpuNs[index] ?? null;
  return wallNs === null || cpuNs === null ? null : Math.max(0, wallNs - cpuNs);
}

/** Stolen from the thread as far as the scheduler tells, or slept. */
function chargedNs({ samples }: SampledRun, index: number): number {
  return Math.max(0, (samples.stealAndBlockedNs[index] ?? 0) - (samples.blockedNs[index] ?? 0));
}

/** Of a software device the time in which its threads were kept from their CPUs; all of its time can have been stolen. */
function addWorkers(
  sums: SpanSums,
  { samples }: SampledRun,
  { deviceNs, queueNs, wakeUpNs, index }: SampleStages,
  { queue, device, wakeUp, whole }: WorkersDelay,
): void {
  const idleNs = Math.max(0, (deviceNs as number) - (samples.busiestWorkerCpuNs[index] ?? 0));
  sums.withhold('device', device, {
    stealRoomNs: deviceNs as number,
    stolenNs: Math.max(0, idleNs - device.ns),
  });
  if (queueNs !== null) sums.withhold('queue', queue, { stealRoomNs: queueNs, stolenNs: 0 });
  // The wake-up is a stage of the measuring thread: its room for steal is counted there.
  if (wakeUpNs !== null) sums.withhold('wake-up', wakeUp, { stealRoomNs: 0, stolenNs: 0 });
  sums.addWithheld('run-queue', whole);
}

/** What kept the measuring thread off its CPU, throttling told from the rest as far as the control group says. */
function addWithheld(
  sums: SpanSums,
  { samples }: SampledRun,
  { index }: SampleStages,
  { delay, isThrottled }: { delay: ThreadDelay; isThrottled: boolean },
): void {
  const waitedNs = Math.max(0, samples.runQueueNs[index] ?? 0);
  const throttledNs = Math.min(waitedNs, samples.throttledNs[index] ?? 0);
  const ns = waitedNs > 0 ? (delay.ns * throttledNs) / waitedNs : 0;
  const highNs = Math.min(throttledNs, delay.highNs);
  if (isThrottled) {
    sums.addWithheld('throttling', {
      lowNs: Math.max(0, delay.lowNs - (waitedNs - throttledNs)),
      ns,
      highNs,
    });
  }
  sums.addWithheld('run-queue', {
    lowNs: Math.max(0, delay.lowNs - throttledNs),
    ns: delay.ns - ns,
    highNs: Math.min(delay.highNs, waitedNs - throttledNs),
  });
}
