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
  const numbers = [...new Set(report.results.flatMap(({ runs }) => sampledRuns(runs).map(({ run }) => run)))];
  const placed = numbers.sort((a, b) => a - b).map((run) => placeRun(report, run));
  const earliestNs = placed.reduce((least, run) => Math.min(least, earliestOf(run)), 0);
  const shiftNs = earliestNs < 0 ? -earliestNs : 0;
  return { shiftNs, runs: shiftNs === 0 ? placed : placed.map((run) => shifted(run, shiftNs)) };
}

function placeRun({ results, processes, startedAt }: Report, run: number): PlacedRun {
  const own = processes.filter((process) => process.run === run);
  const [process = null] = own;
  const sinceStartNs = process === null ? 0 : millisecondsBetween(startedAt, process.startedAt) * 1e6;
  const byCalendar = process !== null && sinceStartNs >= 0 && sinceStartNs <= LONGEST_NS;
  const originNs = byCalendar ? sinceStartNs : endOfEarlier(processes, run);
  const samples = results.flatMap((result) =>
    sampledRuns(result.runs)
      .filter((one) => one.run === run)
      .flatMap((one) => samplesOf(result, one, originNs)),
  );
  samples.sort((a, b) => a.startNs - b.startNs);
  return { run, process, processes: own.length, originNs, byCalendar, samples };
}

/** Farther apart nobody's run is, but a clock that was set during it; microseconds would lose their nanoseconds, too. */
const LONGEST_NS = 100 * 86_400e9;

/** NaN where one of the two is no date. */
function millisecondsBetween(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}

function endOfEarlier(processes: readonly ProcessRecord[], run: number): number {
  return processes.reduce((sum, process) => (process.run < run ? sum + process.wallNs : sum), 0);
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
