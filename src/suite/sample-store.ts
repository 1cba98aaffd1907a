// Room for the raw samples of one case, allocated outside of the timed region, and what they turn into
// at the end: the columns of the report.
import type { ClockTraits, ThreadSnapshot } from '../timing/clock.ts';
import { splitDispatch } from '../timing/dispatch-split.ts';
import {
  type CalibrationPoint,
  type DeviceCounter,
  fitGpuTimeline,
  ticksToNs,
} from '../timing/gpu-timeline.ts';
import type { TierVerdict } from '../timing/ledger-rules.ts';
import { type Segment, segment } from '../timing/segment.ts';
import type { DeviceTicks } from '../vulkan/compute-device.ts';
import type { SampleColumns } from './case-run.ts';

/** One sample as it was read, nothing computed yet. CPU times in ns of the stamp clock. */
export interface RawSample {
  readonly from: ThreadSnapshot;
  readonly to: ThreadSnapshot;
  submitStartNs: number;
  submitEndNs: number;
  waitEndNs: number;
  ticks: DeviceTicks | null;
  /** Calibration points around the sample, or null. */
  before: CalibrationPoint | null;
  after: CalibrationPoint | null;
}

/** What turns raw samples into columns. */
export interface SampleInterpretation {
  readonly traits: ClockTraits;
  readonly verdict: TierVerdict;
  readonly counter: DeviceCounter;
  /** Start of the run on the stamp clock. */
  readonly epochNs: number;
}

/** Allocates one raw sample. */
export function newRawSample(newSnapshot: () => ThreadSnapshot): RawSample {
  return {
    from: newSnapshot(),
    to: newSnapshot(),
    // A sample that was never filled must not look like one that took no time.
    submitStartNs: Number.NaN,
    submitEndNs: Number.NaN,
    waitEndNs: Number.NaN,
    ticks: null,
    before: null,
    after: null,
  };
}

/** Device time of a sample, or null where it has no timestamps. */
export function gpuNsOf(sample: RawSample, counter: DeviceCounter): number | null {
  return sample.ticks === null ? null : ticksToNs(sample.ticks.begin, sample.ticks.end, counter);
}

/** Computes the columns; everything else in the report follows from them. */
export function sampleColumns(samples: readonly RawSample[], how: SampleInterpretation): SampleColumns {
  const ledgers = samples.map(({ from, to }) => segment(from, to, how.traits, how.verdict));
  const splits = samples.map((sample) => splitOf(sample, how.counter));
  const steal = (pick: 'lowNs' | 'highNs'): (number | null)[] =>
    ledgers.map(({ stealNs }) => (stealNs.available ? stealNs.value[pick] : null));
  return {
    startNs: samples.map((sample) => sample.submitStartNs - how.epochNs),
    wallNs: samples.map((sample) => sample.waitEndNs - sample.submitStartNs),
    submitNs: samples.map((sample) => sample.submitEndNs - sample.submitStartNs),
    ledgerWallNs: ledgers.map(({ wallNs }) => wallNs),
    cpuNs: sparse(ledgers, 'cpuNs'),
    runQueueNs: sparse(ledgers, 'runQueueNs'),
    stealAndBlockedNs: sparse(ledgers, 'stealAndBlockedNs'),
    stealLowNs: steal('lowNs'),
    stealHighNs: steal('highNs'),
    voluntarySwitches: samples.map(({ from, to }) =>
      how.traits.switchScope === 'thread' ? to.voluntarySwitches - from.voluntarySwitches : null,
    ),
    gpuNs: samples.map((sample) => gpuNsOf(sample, how.counter)),
    queueNs: splits.map((split) => split?.queueNs ?? null),
    wakeUpNs: splits.map((split) => split?.wakeUpNs ?? null),
    splitUncertaintyNs: splits.map((split) => split?.uncertaintyNs ?? null),
  };
}

function sparse(
  ledgers: readonly Segment[],
  name: 'cpuNs' | 'runQueueNs' | 'stealAndBlockedNs',
): (number | null)[] {
  return ledgers.map((ledger) => (ledger[name].available ? ledger[name].value : null));
}

function splitOf(sample: RawSample, counter: DeviceCounter): ReturnType<typeof valueOrNull> {
  const { ticks, before, after } = sample;
  if (ticks === null || before === null || after === null) return null;
  const timeline = fitGpuTimeline(before, after, counter);
  if (!timeline.available) return null;
  const start = timeline.value.place(ticks.begin, sample.submitStartNs);
  const end = timeline.value.place(ticks.end, sample.waitEndNs);
  return valueOrNull(
    splitDispatch({
      submitStartNs: sample.submitStartNs,
      submitEndNs: sample.submitEndNs,
      waitEndNs: sample.waitEndNs,
      deviceStartNs: start.cpuNs,
      deviceEndNs: end.cpuNs,
      uncertaintyNs: Math.max(start.uncertaintyNs, end.uncertaintyNs),
    }),
  );
}

function valueOrNull(
  split: ReturnType<typeof splitDispatch>,
): (ReturnType<typeof splitDispatch> & { available: true })['value'] | null {
  return split.available ? split.value : null;
}
