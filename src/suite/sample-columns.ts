// From raw samples to the columns of the report. Pure; everything else that the report says of a case
// follows from these columns.
import { available } from '../base/availability.ts';
import { type DispatchSplit, splitDispatch } from '../timing/dispatch-split.ts';
import { type DeviceCounter, fitGpuTimeline } from '../timing/gpu-timeline.ts';
import { mostStealNs, type Segment, segment } from '../timing/segment.ts';
import { throttledWithin } from '../timing/throttling.ts';
import { splitWakeUp } from '../timing/wake-up-split.ts';
import type { SampleColumns, SparseColumn } from './case-run.ts';
import { correctionOf, evidenceOf, type SampleCorrection, workersOf } from './sample-correction.ts';
import type { PlacedDevice, SampleInterpretation } from './sample-interpretation.ts';
import { gpuNsOf, type RawSample } from './sample-store.ts';

/** A sample with what follows from it. */
interface ReadSample {
  readonly raw: RawSample;
  readonly part: Segment;
  readonly placed: PlacedDevice | null;
  readonly correction: SampleCorrection | null;
}

/** Computes the columns. */
export function sampleColumns(samples: readonly RawSample[], how: SampleInterpretation): SampleColumns {
  const read = samples.map((raw): ReadSample => {
    const placed = placedDevice(raw, how.counter);
    const part = segment(raw.from, raw.to, how.traits, how.verdict, evidenceOf(raw, how));
    return { raw, part, placed, correction: correctionOf(raw, placed, how) };
  });
  return { ...stampColumns(read, how), ...(how.ledger ? ledgerColumns(read, how) : emptyLedger(read)) };
}

type StampColumns = Pick<
  SampleColumns,
  | 'startNs'
  | 'wallNs'
  | 'submitNs'
  | 'gpuNs'
  | 'deviceStartNs'
  | 'queueNs'
  | 'wakeUpNs'
  | 'splitUncertaintyNs'
>;
type LedgerColumns = Omit<SampleColumns, keyof StampColumns>;

function stampColumns(read: readonly ReadSample[], how: SampleInterpretation): StampColumns {
  const { counter, epochNs } = how;
  const split = (pick: (split: DispatchSplit) => number): SparseColumn =>
    read.map(({ placed }) => (placed === null ? null : pick(placed.split)));
  return {
    startNs: read.map(({ raw }) => raw.submitStartNs - epochNs),
    wallNs: read.map(({ raw }) => raw.waitEndNs - raw.submitStartNs),
    submitNs: read.map(({ raw }) => (how.isWhole ? null : raw.submitEndNs - raw.submitStartNs)),
    gpuNs: read.map(({ raw }) => gpuNsOf(raw, counter)),
    deviceStartNs: read.map(({ placed }) => (placed === null ? null : placed.startNs - epochNs)),
    queueNs: split(({ queueNs }) => queueNs),
    wakeUpNs: split(({ wakeUpNs }) => wakeUpNs),
    splitUncertaintyNs: split(({ uncertaintyNs }) => uncertaintyNs),
  };
}

function ledgerColumns(read: readonly ReadSample[], how: SampleInterpretation): LedgerColumns {
  return {
    ...wholeColumns(read, how),
    ...submitColumns(read, how),
    ...workerColumns(read, how),
    ...wakeUpColumns(read, how),
  };
}

type SubmitColumns = Pick<LedgerColumns, 'submitLedgerWallNs' | 'submitCpuNs' | 'startCpu' | 'endCpu'>;
type WakeUpColumns = Pick<LedgerColumns, 'notifyNs' | 'returnNs'>;
type WorkerColumns = Pick<
  LedgerColumns,
  'workersCpuNs' | 'busiestWorkerCpuNs' | 'workersRunQueueNs' | 'workersDelayLowNs'
>;

function wholeColumns(
  read: readonly ReadSample[],
  { traits, verdict }: SampleInterpretation,
): Omit<LedgerColumns, keyof SubmitColumns | keyof WorkerColumns | keyof WakeUpColumns> {
  const known = (name: 'cpuNs' | 'runQueueNs' | 'stealAndBlockedNs' | 'blockedNs'): SparseColumn =>
    read.map(({ part }) => (part[name].available ? part[name].value : null));
  const throttled = ({ raw, part }: ReadSample): number | null => {
    if (!part.runQueueNs.available) return null;
    const wait = throttledWithin(raw.throttledFromNs, raw.throttledToNs, part.runQueueNs.value);
    return wait.available ? wait.value.throttledNs : null;
  };
  const stealLow = ({ part }: ReadSample): number | null =>
    part.stealNs.available ? part.stealNs.value.lowNs : null;
  const stealHigh = ({ part }: ReadSample): number | null => {
    if (!part.stealNs.available) return null;
    // What the scheduler charged is no upper bound: it may have charged steal as CPU time.
    const most = verdict.tier === 'E' ? available(part.stealNs.value.highNs) : mostStealNs(part);
    return most.available ? most.value : null;
  };
  const corrected = (bound: keyof SampleCorrection): SparseColumn =>
    read.map(({ correction }) => correction?.[bound] ?? null);
  const counted = (isKnown: boolean, name: 'voluntarySwitches' | 'timeslices'): SparseColumn =>
    read.map(({ raw: { from, to } }) => (isKnown ? to[name] - from[name] : null));
  return {
    ledgerWallNs: read.map(({ part }) => part.wallNs),
    ledgerBoundNs: read.map(({ part }) => part.boundNs),
    cpuNs: known('cpuNs'),
    runQueueNs: known('runQueueNs'),
    throttledNs: read.map(throttled),
    stealAndBlockedNs: known('stealAndBlockedNs'),
    blockedNs: known('blockedNs'),
    stealLowNs: read.map(stealLow),
    stealHighNs: read.map(stealHigh),
    voluntarySwitches: counted(traits.switchScope === 'thread', 'voluntarySwitches'),
    timeslices: counted(traits.runQueue.available, 'timeslices'),
    correctedLowNs: corrected('lowNs'),
    correctedHighNs: corrected('highNs'),
    correctedFloorNs: corrected('floorNs'),
  };
}

function submitColumns(read: readonly ReadSample[], { traits }: SampleInterpretation): SubmitColumns {
  const isOwn = traits.cpuScope === 'thread';
  return {
    submitLedgerWallNs: read.map(({ raw: { from, between } }) =>
      between === null ? null : between.wallNs - from.wallNs,
    ),
    submitCpuNs: read.map(({ raw: { from, between } }) =>
      between === null || !isOwn ? null : between.cpuNs - from.cpuNs,
    ),
    startCpu: read.map(({ raw: { from } }) => (from.cpu < 0 ? null : from.cpu)),
    endCpu: read.map(({ raw: { to } }) => (to.cpu < 0 ? null : to.cpu)),
  };
}

function wakeUpColumns(read: readonly ReadSample[], how: SampleInterpretation): WakeUpColumns {
  const splits = read.map(({ raw, placed, part }) => {
    if (placed === null || raw.offCpu === null || how.monotonicEpochNs === null) return null;
    const split = splitWakeUp({
      deviceEndNs: placed.endNs,
      uncertaintyNs: placed.uncertaintyNs,
      lastInNs: raw.offCpu.lastInNs - how.monotonicEpochNs,
      waitEndNs: raw.waitEndNs,
      runQueueNs: part.runQueueNs.available ? part.runQueueNs.value : Number.NaN,
      blocks: raw.offCpu.blocks,
      switchesIn: raw.offCpu.switchesIn,
    });
    return split.available ? split.value : null;
  });
  return {
    notifyNs: splits.map((split) => split?.notifyNs ?? null),
    returnNs: splits.map((split) => split?.returnNs ?? null),
  };
}

function workerColumns(read: readonly ReadSample[], how: SampleInterpretation): WorkerColumns {
  const times = read.map(({ raw }) => workersOf(raw, how));
  return {
    workersCpuNs: times.map((one) => one?.cpuNs ?? null),
    busiestWorkerCpuNs: times.map((one) => one?.busiestCpuNs ?? null),
    workersRunQueueNs: times.map((one) => one?.runQueueNs ?? null),
    workersDelayLowNs: times.map((one) => one?.delayLowNs ?? null),
  };
}

/** Without the ledger nothing of it is known; the stamps and the device's times are. */
function emptyLedger(read: readonly ReadSample[]): LedgerColumns {
  const nothing: SparseColumn = read.map(() => null);
  return {
    ledgerWallNs: nothing,
    ledgerBoundNs: nothing,
    cpuNs: nothing,
    runQueueNs: nothing,
    throttledNs: nothing,
    stealAndBlockedNs: nothing,
    blockedNs: nothing,
    notifyNs: nothing,
    returnNs: nothing,
    stealLowNs: nothing,
    stealHighNs: nothing,
    voluntarySwitches: nothing,
    timeslices: nothing,
    submitLedgerWallNs: nothing,
    submitCpuNs: nothing,
    startCpu: nothing,
    endCpu: nothing,
    workersCpuNs: nothing,
    busiestWorkerCpuNs: nothing,
    workersRunQueueNs: nothing,
    workersDelayLowNs: nothing,
    correctedLowNs: nothing,
    correctedHighNs: nothing,
    correctedFloorNs: nothing,
  };
}

/** Null where the device's times cannot be placed, or contradict the stamps. */
function placedDevice(sample: RawSample, counter: DeviceCounter): PlacedDevice | null {
  const { ticks, before, after, submitStartNs, submitEndNs, waitEndNs } = sample;
  if (ticks === null || before === null || after === null || gpuNsOf(sample, counter) === null) return null;
  const timeline = fitGpuTimeline(before, after, counter);
  if (!timeline.available) return null;
  const start = timeline.value.place(ticks.begin, submitStartNs);
  const end = timeline.value.place(ticks.end, waitEndNs);
  const uncertaintyNs = Math.max(start.uncertaintyNs, end.uncertaintyNs);
  const [deviceStartNs, deviceEndNs] = [start.cpuNs, end.cpuNs];
  const split = splitDispatch({
    submitStartNs,
    submitEndNs,
    waitEndNs,
    deviceStartNs,
    deviceEndNs,
    uncertaintyNs,
  });
  return split.available
    ? { startNs: deviceStartNs, endNs: deviceEndNs, uncertaintyNs, split: split.value }
    : null;
}
