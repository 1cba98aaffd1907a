// When the samples of a report happened, on one axis: those of a run are known to the nanosecond since its process began, and
// when that was to the millisecond. Moves everything so that no time is negative; draws nothing.
import { type SampledRun, sampledRuns } from '../report/case-samples.ts';
import type { CaseResult, ProcessRecord, Report } from '../report/report.ts';

/** A sample, by the case and run that it belongs to. */
export interface PlacedSample {
  readonly result: CaseResult;
  readonly run: SampledRun;
  readonly index: number;
  readonly startNs: number;
  readonly endNs: number;
}

/** The process of a run with its samples in the order of time. Times in ns since the origin of the trace. */
export interface PlacedRun {
  readonly run: number;
  /** Which process of the run, from 1 on: one that went on after a crash or an interruption has several. */
  readonly part: number;
  /** `run 2`, or `run 2, process 2`. */
  readonly label: string;
  readonly process: ProcessRecord | null;
  /** Processes that worked on it: more than one after a crash. */
  readonly processes: number;
  /** Of `startNs` 0 in its samples. */
  readonly originNs: number;
  /** Whether that is when its process was started, by the calendar; else processes are put one behind the other. */
  readonly byCalendar: boolean;
  readonly samples: readonly PlacedSample[];
}

/** A report on one axis. */
export interface Placement {
  /** What was added to all times, so that the earliest is 0. */
  readonly shiftNs: number;
  readonly runs: readonly PlacedRun[];
}

/** Places the runs that may be reported. */
export function placeRuns(report: Report): Placement {
  const placed = partsOf(report).map((part) => placePart(report, part));
  const earliestNs = placed.reduce((least, run) => Math.min(least, earliestOf(run)), 0);
  const shiftNs = earliestNs < 0 ? -earliestNs : 0;
  return { shiftNs, runs: shiftNs === 0 ? placed : placed.map((run) => shifted(run, shiftNs)) };
}

/** What one process measured in a run: its samples share a scale. */
interface Part {
  readonly run: number;
  readonly part: number;
  /** Null in reports that do not tell. */
  readonly processStartedAt: string | null;
}

function partsOf({ results }: Report): readonly Part[] {
  const starts = new Map<number, Set<string | null>>();
  for (const { runs } of results)
    for (const { run, processStartedAt } of sampledRuns(runs))
      starts.set(run, (starts.get(run) ?? new Set()).add(processStartedAt));
  return [...starts]
    .sort(([a], [b]) => a - b)
    .flatMap(([run, those]) =>
      [...those]
        .sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1))
        .map((processStartedAt, index) => ({ run, part: index + 1, processStartedAt })),
    );
}

function placePart({ results, processes, startedAt }: Report, part: Part): PlacedRun {
  const { run, processStartedAt } = part;
  const own = processes.filter((process) => process.run === run);
  const isOwn = (one: { readonly startedAt: string }): boolean => one.startedAt === processStartedAt;
  // A process that was killed together with its parent left no record.
  const process = (processStartedAt === null ? own[0] : own.find(isOwn)) ?? null;
  const started = processStartedAt ?? process?.startedAt ?? null;
  const sinceStartNs = started === null ? Number.NaN : millisecondsBetween(startedAt, started) * 1e6;
  const byCalendar = sinceStartNs >= 0 && sinceStartNs <= LONGEST_NS;
  const originNs = byCalendar ? sinceStartNs : endOfEarlier(processes, run, process);
  const samples = results.flatMap((result) =>
    sampledRuns(result.runs)
      .filter((one) => one.run === run && one.processStartedAt === processStartedAt)
      .flatMap((one) => samplesOf(result, one, originNs)),
  );
  samples.sort((a, b) => a.startNs - b.startNs);
  const label = part.part === 1 ? `run ${run}` : `run ${run}, process ${part.part}`;
  return { run, part: part.part, label, process, processes: own.length, originNs, byCalendar, samples };
}

/** Farther apart nobody's run is, but a clock that was set during it; microseconds would lose their nanoseconds, too. */
const LONGEST_NS = 100 * 86_400e9;

/** NaN where one of the two is no date. */
function millisecondsBetween(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}

/** The end of all earlier runs, and of the processes of this one before the given one. */
function endOfEarlier(processes: readonly ProcessRecord[], run: number, own: ProcessRecord | null): number {
  const index = own === null ? 0 : processes.indexOf(own);
  const isEarlier = (process: ProcessRecord, at: number): boolean =>
    process.run < run || (process.run === run && at < index);
  return processes.reduce((sum, process, at) => (isEarlier(process, at) ? sum + process.wallNs : sum), 0);
}

function samplesOf(result: CaseResult, run: SampledRun, originNs: number): readonly PlacedSample[] {
  return run.samples.startNs.map((sinceRunNs, index) => {
    const startNs = originNs + sinceRunNs;
    return { result, run, index, startNs, endNs: startNs + (run.samples.wallNs[index] as number) };
  });
}

/** Of anything that is drawn: a device may seem to begin before its submission, and a stall before the first sample. */
function earliestOf({ samples, originNs, process }: PlacedRun): number {
  let leastNs = process === null ? 0 : originNs;
  for (const { run, index, startNs } of samples) {
    const deviceStartNs = run.samples.deviceStartNs[index] ?? null;
    leastNs = Math.min(leastNs, startNs, deviceStartNs === null ? startNs : originNs + deviceStartNs);
  }
  for (const run of new Set(samples.map((sample) => sample.run))) {
    const stalls = run.stalls.available ? run.stalls.value : [];
    for (const { startNs } of stalls) leastNs = Math.min(leastNs, originNs + startNs);
  }
  return leastNs;
}

function shifted(run: PlacedRun, byNs: number): PlacedRun {
  const samples = run.samples.map((one) => ({
    ...one,
    startNs: one.startNs + byNs,
    endNs: one.endNs + byNs,
  }));
  return { ...run, originNs: run.originNs + byNs, samples };
}
