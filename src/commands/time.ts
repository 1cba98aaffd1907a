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
  let runs: readonly ProgramRun[];
  try {
    runs = await runAll(options, bench, signals);
  } catch (error) {
    if (!(error instanceof ProgramStartError)) throw error;
    terminal.note(`guestmark: ${describeError(error)}`);
    return error.exitCode;
  }
  const report = reportOf(options, bench, runs);
  if (out !== null) saveReport(out, report);
  if (options.json) terminal.print(JSON.stringify(report, null, 2));
  else terminal.note(timeTable(report, { width: terminal.errorWidth, color: terminal.errorColor }));
  return exitCodeOf(options, report);
}

/** Warm-up runs and runs, in order. Stops at a signal, and at a failure unless failures are ignored. */
async function runAll(
  options: TimeOptions,
  bench: ProgramBench,
  signals: SignalForwarding,
): Promise<readonly ProgramRun[]> {
  const isRepeated = options.runs + options.warmup > 1;
  const request: ProgramRequest = {
    argv: options.argv,
    // The first run would leave nothing to read for the others.
    input: isRepeated ? 'null' : 'inherit',
    output: isRepeated && !options.showOutput ? 'null' : 'inherit',
  };
  const runs: ProgramRun[] = [];
  for (let i = 0; i < options.warmup + options.runs && !signals.interrupted; i++) {
    const run = await runProgram(bench, request, signals.to);
    signals.to(null);
    const endsAll = hasFailed(run) && !options.ignoreFailure;
    if (i >= options.warmup || endsAll) runs.push(run);
    if (endsAll) break;
  }
  return runs;
}

function reportOf(options: TimeOptions, bench: ProgramBench, runs: readonly ProgramRun[]): TimeReport {
  const { tier, title, reason, stealBound } = bench.verdict;
  return {
    schema: 'guestmark-time',
    schemaVersion: TIME_SCHEMA_VERSION,
    tool: toolRecord(),
    command: options.argv,
    status: runs.length < options.runs ? 'partial' : 'complete',
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
