// `guestmark run`: plan, check what can be checked before measuring, measure, report.

import { resolve } from 'node:path';
import { describeError } from '../base/errors.ts';
import { loadPart } from '../base/load-part.ts';
import { ownValue } from '../base/own-value.ts';
import type { Threshold } from '../definition/threshold.ts';
import type { ExternalRequest } from '../isolation/protocol.ts';
import type { CommandRecord, Report } from '../report/report.ts';
import { savedLine } from '../report/saved-line.ts';
import { renderTable } from '../report/table.ts';
import { checkWritable } from '../report/write-report.ts';
import { type EarlierReport, runSuite } from '../run/run-suite.ts';
import { driverEnvironment } from '../setup/index.ts';
import type { SuiteName } from '../suite/benchmark.ts';
import type { Case } from '../suite/case-id.ts';
import { checkDumpFolder } from '../suite/dump-outputs.ts';
import { planCases } from '../suite/plan.ts';
import { chooseBenchmarks } from './choose-benchmarks.ts';
import { EXIT, exitCodeOfReport } from './exit-codes.ts';
import { holdReport } from './report-in-use.ts';
import { type ReportKeeper, reportKeeper } from './report-keeper.ts';
import type { ShaderFlags } from './shader-options.ts';
import type { Terminal } from './terminal.ts';
import { toolRecord } from './tool-record.ts';

/** The options of the command, complete and checked. */
export interface RunOptions extends Omit<CommandRecord, 'suite'> {
  readonly suite: SuiteName;
  /** Where the report goes. */
  readonly out: string;
  /** Print the report itself instead of the table. */
  readonly json: boolean;
  /** Files with further benchmarks. */
  readonly modules: readonly string[];
  /** The time server, with its key. */
  readonly external: ExternalRequest | null;
  /** What is said of shaders. */
  readonly shaders: ShaderFlags;
  /** For every case that is run. */
  readonly thresholds: readonly Threshold[];
  /** What the user should know before anything runs. */
  readonly cautions: readonly string[];
}

/**
 * Runs the command.
 *
 * @returns The exit code.
 * @throws GuestmarkError for what ends the command before or instead of a result.
 */
export async function runCommand(
  options: RunOptions,
  terminal: Terminal,
  untilInterrupted: () => AbortSignal,
): Promise<number> {
  await holdReport(resolve(options.out));
  return measureReport(options, terminal, untilInterrupted);
}

/**
 * Measures what the options say, or what an earlier report of them lacks, where nobody else writes the report.
 *
 * @returns The exit code.
 * @throws GuestmarkError for what ends the command before or instead of a result; the earlier report is as it was then.
 */
export async function measureReport(
  options: RunOptions,
  terminal: Terminal,
  untilInterrupted: () => AbortSignal,
  earlier: EarlierReport | null = null,
): Promise<number> {
  const { shaders, ...chosenFrom } = options;
  const chosen = await chooseBenchmarks({ ...chosenFrom, words: options.selectors, shaders });
  const cases = planCases(chosen.benchmarks, { ...options, selectors: chosen.selectors });
  const out = resolve(options.out);
  // Only now: what a module does when it is loaded can be ended as anything can. And not later: an attempt to write leaves a
  // file behind where it is cut short.
  const interrupted = untilInterrupted();
  checkWritable(out);
  if (options.dumpOutputs !== null) checkDumpFolder(options.dumpOutputs);
  const keeper = keeperUntil(interrupted, reportKeeper(out, terminal));
  const { out: _, json, modules: __, shaders: ___, thresholds, external, cautions, ...command } = options;
  const { definitions, modules } = chosen;
  for (const caution of cautions) terminal.note(`guestmark: ${caution}`);
  const report = await runSuite(
    {
      tool: toolRecord(),
      command,
      cases,
      modules,
      external,
      definitions,
      thresholds: thresholdsFor(cases, chosen.thresholds, thresholds),
      earlier,
    },
    { onReport: keeper.keep, ...(terminal.isInteractive ? { onProgress: terminal.drawProgress } : {}) },
    { environment: driverEnvironment(), signal: interrupted },
    // Also where the run itself fails.
  ).finally(keeper.flush);
  terminal.clearProgress();
  const saved = keeper.finish(report);
  const layout = { width: terminal.width, color: terminal.color, ...(saved ? { reportPath: out } : {}) };
  terminal.print(json ? JSON.stringify(report, null, 2) : renderTable(report, layout));
  if (json && saved && report.status === 'partial') terminal.note(savedLine(report, out));
  if (!(await isValid(report, terminal))) return EXIT.internal;
  return saved ? exitCodeOfReport(report) : EXIT.output;
}

/** Saves at once from an interruption on: whoever interrupts may do so again, and that ends the process where it is. */
function keeperUntil(interrupted: AbortSignal, keeper: ReportKeeper): ReportKeeper {
  interrupted.addEventListener('abort', keeper.flush, { once: true });
  return {
    ...keeper,
    keep: (current, when) => keeper.keep(current, interrupted.aborted ? 'now' : when),
  };
}

/** Checks the report against its own schema; one that does not fit is kept, and called a defect. */
async function isValid(report: Report, terminal: Terminal): Promise<boolean> {
  const { parseReport } = await loadPart(import('../report/parse-report.ts'));
  try {
    parseReport(JSON.stringify(report), 'of this run');
    return true;
  } catch (error) {
    terminal.note(`guestmark: ${describeError(error)}`);
    return false;
  }
}

/** Those of suite files, and those of the command line for every benchmark. */
function thresholdsFor(
  cases: readonly Case[],
  ofSuites: Readonly<Record<string, readonly Threshold[]>>,
  ofAll: readonly Threshold[],
): Readonly<Record<string, readonly Threshold[]>> {
  const names = new Set(cases.map(({ benchmark }) => benchmark.name));
  return Object.fromEntries(
    [...names].map((name) => [name, [...(ownValue(ofSuites, name) ?? []), ...ofAll]]),
  );
}
