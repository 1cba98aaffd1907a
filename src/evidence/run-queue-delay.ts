// How much of the time that a thread waited for a CPU delayed the sample: all of it behind the device's end and ahead of its
// start, none while the device worked meanwhile. Pure, by sample; docs/timing-model.md says the same of steal.
import type { SampledRun } from '../report/case-samples.ts';
import { quantile } from '../stats/quantile.ts';
import type { SampleColumns } from '../suite/case-run.ts';
import type { PieceId, SampleStages, StagedRun } from './sample-stages.ts';

/** A time between two bounds with the best single statement, in ns. */
export interface Estimate {
  readonly lowNs: number;
  readonly ns: number;
  readonly highNs: number;
}

/** Nothing, for certain. */
export const NOTHING: Estimate = { lowNs: 0, ns: 0, highNs: 0 };

/** What the measuring thread waited in a sample. */
export interface ThreadDelay extends Estimate {
  /** All of its wait lay behind its one sleep, so it is part of the wake-up. */
  readonly isBehindWakeUp: boolean;
}

/** Gives the delay of each sample of a run; nothing where the wait is not known. */
export function threadDelays(
  { samples }: SampledRun,
  { clocks, stages }: StagedRun,
  pieceId: PieceId,
): (stage: SampleStages) => ThreadDelay {
  if (!clocks.runQueue) return () => ({ ...NOTHING, isBehindWakeUp: false });
  const hiddenNs = clocks.split || pieceId === 'copy' ? 0 : usualNs(samples, stages);
  return (stage) => threadDelay(samples, stage, clocks.split ? null : hiddenNs);
}

/**
 * What a sample lasts without waiting for a CPU, as nine of ten do. Where the device's times are not known, it is taken to
 * be busy for no longer than that.
 */
function usualNs(samples: SampleColumns, stages: readonly SampleStages[]): number {
  const ran = stages.map(({ index, wallNs }) => Math.max(0, wallNs - (samples.runQueueNs[index] as number)));
  return ran.length === 0 ? 0 : quantile(ran, 0.9);
}

/**
 * With the wait R, the room in which it delays the sample D (ahead of the device's start and behind its end), the time H in
 * which the device hides it, and the time X between the ledger's readings and the stamps:
 *
 *     max(0, R − X − H) ≤ delay ≤ min(R, D)
 *
 * A thread that slept once and was never preempted waited behind its wake-up: then the delay is min(R, D). Else it may have
 * waited wherever it ran, and the best statement shares R in the proportion of the rooms.
 *
 * @param assumedHiddenNs H where the device's times are not known; null where they are.
 */
function threadDelay(
  samples: SampleColumns,
  stage: SampleStages,
  assumedHiddenNs: number | null,
): ThreadDelay {
  const { index, wallNs } = stage;
  const waitedNs = Math.max(0, samples.runQueueNs[index] as number);
  const outsideNs = Math.max(0, (samples.ledgerWallNs[index] as number) - wallNs);
  const [roomNs, hiddenNs] =
    assumedHiddenNs === null
      ? [
          (stage.submitNs as number) + (stage.wakeUpNs as number),
          (stage.queueNs ?? 0) + (stage.deviceNs ?? 0),
        ]
      : [wallNs - (stage.deviceNs ?? 0), Math.min(wallNs, Math.max(assumedHiddenNs, stage.deviceNs ?? 0))];
  const highNs = Math.max(0, Math.min(waitedNs, roomNs));
  if (sleptOnce(samples, index)) return { lowNs: highNs, ns: highNs, highNs, isBehindWakeUp: true };
  const lowNs = Math.min(highNs, Math.max(0, waitedNs - outsideNs - hiddenNs - 2 * stage.uncertaintyNs));
  const ranHiddenNs = Math.max(0, hiddenNs - asleepNs(samples, index, hiddenNs));
  const share = roomNs > 0 ? roomNs / (roomNs + ranHiddenNs + outsideNs) : 0;
  return {
    lowNs,
    ns: Math.min(highNs, Math.max(lowNs, waitedNs * share)),
    highNs,
    isBehindWakeUp: false,
  };
}

/** Whether it blocked once and was put on a CPU once: its only wait was behind that sleep. */
function sleptOnce(samples: SampleColumns, index: number): boolean {
  if ((samples.notifyNs[index] ?? null) !== null) return true;
  return samples.voluntarySwitches[index] === 1 && samples.timeslices[index] === 1;
}

/** How long the thread slept: it waited for no CPU then. Of a sleep that was not recorded, as long as the device worked. */
function asleepNs(samples: SampleColumns, index: number, hiddenNs: number): number {
  const switches = samples.voluntarySwitches[index] ?? null;
  return samples.blockedNs[index] ?? (switches !== null && switches > 0 ? hiddenNs : 0);
}
