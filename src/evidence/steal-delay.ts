// How much of the steal delayed the samples of a run, all together: certain from the ledger, at most what the ledger and the
// counters of the CPUs allow. Pure; the bounds of single samples are those of the report's columns.
import type { SampledRun } from '../report/case-samples.ts';
import type { SparseColumn } from '../suite/case-run.ts';
import { type Estimate, NOTHING } from './run-queue-delay.ts';
import type { StagedRun } from './sample-stages.ts';

/** Steal that the counters of the CPUs allow over all samples of a run, in ns; infinite where they are of no use. */
export function stealCeilingNs({ samplingSteal }: SampledRun): number {
  return (samplingSteal.available ? samplingSteal.value.ceilingNs : null) ?? Number.POSITIVE_INFINITY;
}

/**
 * Steal that delayed the samples of `stages`, summed. At least what the ledger is sure of. At most what the scheduler can
 * have charged where it delays (wall − corrected low end) and what the counters allow; where the counters show more than was
 * charged the kernel drops steal, and only the counters and the floor of each sample count.
 */
export function stealDelay(run: SampledRun, { clocks, stages }: StagedRun): Estimate {
  if (!clocks.steal) return NOTHING;
  const { samples } = run;
  const [ceilingNs, countedNs] = [stealCeilingNs(run), countedInSamplesNs(run)];
  let [lowNs, chargedNs, roomNs, wallNs] = [0, 0, 0, 0];
  for (const stage of stages) {
    const without = (column: SparseColumn): number =>
      Math.max(0, stage.wallNs - (column[stage.index] as number));
    lowNs += without(samples.correctedHighNs);
    chargedNs += without(samples.correctedLowNs);
    roomNs += without(samples.correctedFloorNs);
    wallNs += stage.wallNs;
  }
  const isDropped = countedNs !== null && countedNs > Math.max(chargedNs, chargedToThreadNs(run));
  const highNs = Math.max(lowNs, Math.min(isDropped ? roomNs : chargedNs, ceilingNs));
  const countedHereNs = (countedNs ?? 0) * (wallNs / spanNs(run));
  const leastNs = Math.min(highNs, Math.max(lowNs, clocks.workers ? countedOnOneCpuNs(run, wallNs) : 0));
  return {
    lowNs: leastNs,
    ns: Math.min(highNs, Math.max(leastNs, Math.min(countedHereNs, chargedNs))),
    highNs,
  };
}

/**
 * Where a software device and its caller have one CPU for all, whatever is stolen from it while a sample is taken delays the
 * sample: at least what was counted, less a tick and all the time in which no sample was taken.
 */
function countedOnOneCpuNs(run: SampledRun, wallNs: number): number {
  const countedNs = countedInSamplesNs(run);
  if (countedNs === null || !run.samplingSteal.available) return 0;
  const { cpus, tickNs } = run.samplingSteal.value;
  // The counters were read up to a tick before the first sample and behind the last one.
  return cpus.length === 1 ? countedNs - 3 * tickNs - (spanNs(run) - wallNs) : 0;
}

/** What the counters of the CPUs showed; null where they are of no use. */
function countedInSamplesNs({ samplingSteal }: SampledRun): number | null {
  if (!samplingSteal.available || samplingSteal.value.ceilingNs === null) return null;
  const { perCpuNs, cpus } = samplingSteal.value;
  return cpus.reduce((sum, cpu) => sum + (perCpuNs[`cpu${cpu}`] ?? 0), 0);
}

/** Charged to the measuring thread, wherever it lay: also where the device hid it. */
function chargedToThreadNs({ samples }: SampledRun): number {
  return samples.stealAndBlockedNs.reduce<number>(
    (sum, ns, i) =>
      sum + Math.max(0, (ns ?? 0) - (samples.blockedNs[i] ?? 0)) + (samples.ledgerBoundNs[i] ?? 0),
    0,
  );
}

/** From the first sample's start to the last one's end. */
function spanNs({ samples: { startNs, wallNs } }: SampledRun): number {
  const last = startNs.length - 1;
  const ns = (startNs[last] ?? 0) + (wallNs[last] ?? 0) - (startNs[0] ?? 0);
  return Math.max(
    ns,
    wallNs.reduce((sum, wall) => sum + wall, 0),
  );
}
