// Makes evidence of a report: the samples of every run that may be reported, by clock, without all the rest of the file. Takes
// what src/report computes of a run and judges nothing itself.
import { type Available, available, unavailable } from '../base/availability.ts';
import { type Per, type SampledRun, sampledRuns } from '../report/case-samples.ts';
import { correctedRun } from '../report/corrected-wall.ts';
import { timestampProblem } from '../report/device-timestamps.ts';
import { notDoubling } from '../report/not-doubling.ts';
import type { CaseResult, Report } from '../report/report.ts';
import { stealShare } from '../report/steal-share.ts';
import type { CaseRun, SampleColumns } from '../suite/case-run.ts';
import type { BoundedTimes, CaseEvidence, ReportFacts, RunEvidence, TimeId } from './evidence.ts';
import { type NumberStore, numberStore } from './number-store.ts';
import { reportFacts } from './report-facts.ts';
import type { PieceId } from './sample-stages.ts';
import { undisturbedWall } from './undisturbed-wall.ts';
import { wallParts } from './wall-parts.ts';

/** What one report file contributes. */
export interface ReportEvidence {
  readonly facts: ReportFacts;
  readonly cases: readonly CaseEvidence[];
}

/**
 * The evidence of a report.
 *
 * @param path As it is to be called.
 * @param reportIndex Its place in `Side.reports`, which its runs carry.
 */
export function evidenceOf(report: Report, path: string, reportIndex = 0): ReportEvidence {
  const facts = reportFacts(report, path);
  const origin: Origin = {
    reportIndex,
    isSoftwareDevice: facts.software,
    timestampPeriodNs: report.device.available ? report.device.value.limits.timestampPeriodNs : null,
    spirv: new Map(report.shaders.map(({ benchmark, spirvSha256 }) => [benchmark, spirvSha256])),
    store: numberStore(),
  };
  return { facts, cases: report.results.map((result) => caseEvidence(result, origin)) };
}

/** What the cases of a report share. */
interface Origin {
  readonly reportIndex: number;
  readonly isSoftwareDevice: boolean;
  readonly timestampPeriodNs: number | null;
  readonly spirv: ReadonlyMap<string, string>;
  readonly store: NumberStore;
}

function caseEvidence(result: CaseResult, origin: Origin): CaseEvidence {
  const { id, benchmark, axes, kind, category, bytes, flops, items, itemName, showsItemTime } = result;
  const runs = sampledRuns(result.runs).filter(({ samples }) => samples.wallNs.length > 0);
  const clockProblem = timestampProblem(runs, origin.timestampPeriodNs);
  // An operation in one piece that moves bytes is a copy by the CPU, or by a call that waits for one.
  const pieceId: PieceId = bytes === null ? 'call' : 'copy';
  const noRate = rateProblem(result, runs, clockProblem);
  const problems = [
    ...missingRuns(result),
    ...(clockProblem === null ? [] : [`no device time, because it cannot be true: ${clockProblem}`]),
    ...(noRate === null ? [] : [`no rate: ${noRate}`]),
  ];
  return {
    ...{ id, benchmark, axes, kind, category, itemName, showsItemTime },
    ...(noRate === null ? { bytes, flops, items } : NO_WORK),
    runs: runs.map((run) => runEvidence(run, origin, { isClockTrue: clockProblem === null, pieceId })),
    problems: [...new Set(problems)],
    spirvSha256: origin.spirv.get(benchmark) ?? null,
  };
}

const NO_WORK = { bytes: null, flops: null, items: null } as const;

function missingRuns({ status, runs }: CaseResult): readonly string[] {
  if (status === 'pending' && runs.length === 0) return ['the run ended before it came to this case'];
  return runs.flatMap((run) => problemOf(run) ?? []);
}

function problemOf({ status, failure, skipReason, samples }: CaseRun): string | null {
  if (failure !== null) return failure.message;
  if (status === 'skipped') return skipReason;
  return samples === null || samples.wallNs.length === 0 ? 'no sample was taken' : null;
}

/** The report gives no rate for the same reasons; that of a latency does not rest on device time. */
function rateProblem(
  { kind, warnings }: CaseResult,
  runs: readonly SampledRun[],
  clockProblem: string | null,
): string | null {
  const impossible = warnings.find(({ id }) => id === 'impossible-rate');
  return notDoubling(runs) ?? (kind === 'latency' ? null : clockProblem) ?? impossible?.message ?? null;
}

interface TimeColumn {
  readonly id: TimeId;
  readonly column: keyof SampleColumns;
  readonly per: Per;
  /** Whether it rests on the timestamps of the device. */
  readonly byDevice: boolean;
}

const TIMES: readonly TimeColumn[] = [
  { id: 'gpuTime', column: 'gpuNs', per: 'iteration', byDevice: true },
  { id: 'wallTime', column: 'wallNs', per: 'iteration', byDevice: false },
  { id: 'cpuTime', column: 'cpuNs', per: 'iteration', byDevice: false },
  { id: 'submitTime', column: 'submitNs', per: 'submission', byDevice: false },
  { id: 'queueTime', column: 'queueNs', per: 'submission', byDevice: true },
  { id: 'wakeUpTime', column: 'wakeUpNs', per: 'submission', byDevice: true },
];

/** What is known of the case when a run of it is read. */
interface Told {
  /** Whether the timestamps of the device can be right. */
  readonly isClockTrue: boolean;
  readonly pieceId: PieceId;
}

function runEvidence(run: SampledRun, origin: Origin, { isClockTrue, pieceId }: Told): RunEvidence {
  const clocked = isClockTrue ? run : withoutDeviceTimes(run);
  const { reportIndex, isSoftwareDevice, store } = origin;
  const times: Partial<Record<TimeId, Float64Array>> = {};
  for (const { id, column, per, byDevice } of TIMES) {
    if (byDevice && !isClockTrue) continue;
    const values = store.keep(run.samples[column], per === 'iteration' ? run.iterations : 1);
    if (values.length > 0) times[id] = values;
  }
  const steal = stealShare([run]);
  const corrected = kept(correctedWall(run), store, [times.wallTime]);
  const highNs = corrected.available ? corrected.value.highNs : undefined;
  return {
    report: reportIndex,
    run: run.run,
    times,
    correctedWall: corrected,
    undisturbedWall: kept(undisturbedWall(clocked, isSoftwareDevice, pieceId), store, [highNs]),
    ...wallParts(clocked, isSoftwareDevice, pieceId),
    stealShare:
      steal === null
        ? unavailable('no sample tells what was stolen')
        : available({ low: steal.low, high: steal.high }),
    outputSha256: run.outputSha256,
    computeClockHz: computeClock(run),
    throttleReasons: throttleReasons(run),
  };
}

/** A device whose clock is wrong tells no stage. */
function withoutDeviceTimes(run: SampledRun): SampledRun {
  const none = run.samples.wallNs.map(() => null);
  return { ...run, samples: { ...run.samples, gpuNs: none, queueNs: none, wakeUpNs: none } };
}

function correctedWall(run: SampledRun): Available<BoundedTimes> {
  const { highNs, leastNs } = correctedRun(run);
  if (highNs.length === 0) return unavailable('no sample tells what was stolen');
  return available({ lowNs: leastNs, highNs });
}

/** Bounds in the store, where they are not one of the others. */
function kept(
  times: Available<BoundedTimes>,
  store: NumberStore,
  others: readonly (Float64Array | undefined)[],
): Available<BoundedTimes> {
  if (!times.available) return times;
  const highNs = store.keepOnce(times.value.highNs, others);
  return available({ lowNs: store.keepOnce(times.value.lowNs, [highNs]), highNs });
}

/** The mean of the readings around the samples; the one that there is. */
function computeClock({ deviceState }: SampledRun): Available<number> {
  if (!deviceState.available) return deviceState;
  const { before, after } = deviceState.value;
  const [first, last] = [before.computeClockHz, after.computeClockHz];
  if (!first.available || !last.available) return first.available ? first : last;
  return available((first.value + last.value) / 2);
}

function throttleReasons({ deviceState }: SampledRun): readonly string[] {
  if (!deviceState.available) return [];
  const { before, after } = deviceState.value;
  const told = [before, after].flatMap(({ throttleReasons: reasons }) =>
    reasons.available ? reasons.value : [],
  );
  return [...new Set(told)];
}
