// `guestmark time`: any program under all clocks, once or repeatedly. The program's own output passes through by
// default, so ours goes to standard error.
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { mapAvailable } from '../base/availability.ts';
import { describeError } from '../base/errors.ts';
import { openBench } from '../program/open-bench.ts';
import type { ProgramRun } from '../program/program-run.ts';
import { type ProgramBench, runProgram } from '../program/run-program.ts';
import { type ProgramRequest, ProgramStartError } from '../program/spawn-program.ts';
import { hasFailed, summarizeRuns } from '../program/summarize-runs.ts';
import { TIME_SCHEMA_VERSION, type TimeReport } from '../report/time-report.ts';
import { timeTable } from '../report/time-table.ts';
import { checkWritable, saveReport } from '../report/write-report.ts';
import type { PinChoice } from '../timing/pinning.ts';
import { EXIT } from './exit-codes.ts';
import { forwardSignals, type SignalForwarding } from './forward-signals.ts';
import { keepElsewhere } from './refuge.ts';
import type { Terminal } from './terminal.ts';
import { toolRecord } from './tool-record.ts';

/** The options of the command, complete and checked. */
export interface TimeOptions {
  readonly argv: readonly string[];
  readonly runs: number;
  readonly warmup: number;
  readonly pin: PinChoice;
  readonly showOutput: boolean;
  readonly ignoreFailure: boolean;
  /** Print the report to standard output instead of the table to standard error. */
  readonly json: boolean;
  readonly out: string | null;
}

/**
 * Runs the command.
 *
 * @returns The exit code: the program's own, of its last run.
 */
export async function timeCommand(options: TimeOptions, terminal: Terminal): Promise<number> {
  const out = options.out === null ? null : resolve(options.out);
  if (out !== null) checkWritable(out);
  using bench = openBench(options.pin);
  using signals = forwardSignals();
  const series = await runAll(options, bench, signals);
  const { problem } = series;
  if (problem !== null) terminal.note(`guestmark: ${problem.text}`);
  if (problem !== null && series.runs.length === 0) return problem.exitCode;
  if (series.isWarmup) terminal.note('guestmark: it ended while warming up: what follows is a warm-up run');
  const report = reportOf(options, bench, series);
  if (options.json) terminal.print(JSON.stringify(report, null, 2));
  else terminal.note(timeTable(report, { width: terminal.errorWidth, color: terminal.errorColor }));
  // Behind the table: a disk that has become full meanwhile must not cost what was measured.
  if (out !== null) save(out, report, terminal);
  return problem?.exitCode ?? exitCodeOf(options, report);
}

/**
 * Saves the report, elsewhere if it must be.
 *
 * @throws GuestmarkError (output) where it is not where it was asked for.
 */
function save(out: string, report: TimeReport, terminal: Terminal): void {
  try {
    saveReport(out, report);
  } catch (error) {
    keepElsewhere(out, report, terminal);
    throw error;
  }
}

/** What was run, and why not all of it. */
interface Series {
  readonly runs: readonly ProgramRun[];
  /** The last run was cut short by a signal that was meant for all. */
  readonly isCut: boolean;
  /** It ended before the first run that was to be reported. */
  readonly isWarmup: boolean;
  readonly problem: { readonly text: string; readonly exitCode: number } | null;
}

/** Warm-up runs and runs, in order. Stops at a signal, and at a failure unless failures are ignored. */
async function runAll(options: TimeOptions, bench: ProgramBench, signals: SignalForwarding): Promise<Series> {
  const { warmup, ignoreFailure } = options;
  const request = requestOf(options);
  const runs: ProgramRun[] = [];
  for (let i = 0; i < warmup + options.runs && !signals.interrupted; i++) {
    const run = await startedRun(bench, request, signals);
    if (!('wallNs' in run)) return { runs, isCut: false, isWarmup: i < warmup, problem: run };
    const isCut = signals.interrupted && hasFailed(run);
    const endsAll = isCut || (hasFailed(run) && !ignoreFailure);
    // What was cut short says nothing about the others; alone it is better than nothing.
    if (i >= warmup || endsAll) if (!isCut || runs.length === 0) runs.push(run);
    if (endsAll) return { runs, isCut, isWarmup: i < warmup, problem: null };
  }
  return { runs, isCut: false, isWarmup: false, problem: null };
}

function requestOf({ argv, runs, warmup, showOutput, json }: TimeOptions): ProgramRequest {
  const isRepeated = runs + warmup > 1;
  // Standard output is the report's with --json: what reads it must not find anything else there.
  const shown = json ? 'stderr' : 'inherit';
  // The first run would leave nothing to read for the others.
  return {
    argv,
    input: isRepeated ? 'null' : 'inherit',
    output: isRepeated && !showOutput ? 'null' : shown,
  };
}

/** One run, or why it could not be started. */
async function startedRun(
  bench: ProgramBench,
  request: ProgramRequest,
  signals: SignalForwarding,
): Promise<ProgramRun | NonNullable<Series['problem']>> {
  try {
    return await runProgram(bench, request, signals.to);
  } catch (error) {
    if (!(error instanceof ProgramStartError)) throw error;
    return { text: describeError(error), exitCode: error.exitCode };
  } finally {
    signals.to(null);
  }
}

function reportOf(options: TimeOptions, bench: ProgramBench, { runs, isCut }: Series): TimeReport {
  const { tier, title, reason, stealBound } = bench.verdict;
  return {
    schema: 'guestmark-time',
    schemaVersion: TIME_SCHEMA_VERSION,
    tool: toolRecord(),
    command: options.argv,
    // A program that answers a signal by an exit code of its own has ended as it wanted.
    status: (isCut && runs.at(-1)?.signal) || runs.length < options.runs ? 'partial' : 'complete',
    wantedRuns: options.runs,
    tier,
    tierTitle: title,
    tierReason: reason,
    stealBound,
    switches: mapAvailable(bench.rings, ({ rings }) => `recorded by the kernel on ${rings.length} CPUs`),
    cpus: bench.cpus,
    pin: bench.pin,
    warmup: options.warmup,
    runs,
    summary: summarizeRuns(runs),
  };
}

function exitCodeOf({ ignoreFailure }: TimeOptions, report: TimeReport): number {
  const last = report.runs.at(-1);
  if (last === undefined) return EXIT.interrupted;
  if (hasFailed(last) && !ignoreFailure) return codeOf(last);
  return report.status === 'partial' ? EXIT.interrupted : EXIT.ok;
}

/** The program's exit code, or 128 and the number of the signal that ended it. */
function codeOf({ exitCode, signal }: ProgramRun): number {
  if (exitCode !== null) return exitCode;
  const number = constants.signals[signal as NodeJS.Signals] ?? Number(signal?.slice(3));
  return 128 + number;
}
