// A whole run of the suite: every run in a process of its own, the report saved after every case. Says
// what happens to a listener and prints nothing; the parent process never loads Vulkan.
import { describeError, GuestmarkError } from '../base/errors.ts';
import { derivedSeed, seededRandom, shuffled } from '../base/random.ts';
import { systemFiles } from '../base/system-files.ts';
import type { RunRequest } from '../isolation/protocol.ts';
import { runCases, SessionError } from '../isolation/run-cases.ts';
import type { RunEnvironment } from '../isolation/run-process.ts';
import type { CommandRecord, Report } from '../report/report.ts';
import type { Case } from '../suite/case-id.ts';
import { buildReport, type ReportBuilder } from './report-builder.ts';
import { systemRecord } from './system-record.ts';

/** What a run is made of. */
export interface SuiteRequest {
  readonly tool: Report['tool'];
  readonly command: CommandRecord;
  readonly cases: readonly Case[];
  /** Modules with benchmarks beside the built-in ones, as file URLs. */
  readonly modules: readonly string[];
}

/** What is told while it runs; every call returns before measuring goes on. */
export interface SuiteListener {
  /** Absent when nobody watches: no progress is sent then. */
  readonly onProgress?: (state: SuiteProgress) => void;
  /** The report changed and should be kept. */
  readonly onReport?: (report: Report) => void;
}

/** Where the whole run stands. */
export interface SuiteProgress {
  readonly run: number;
  readonly runs: number;
  readonly finishedCases: number;
  readonly cases: number;
  readonly id: string;
  readonly phase: string;
  readonly samples: number;
}

/**
 * Runs the suite.
 *
 * @returns The final report, not told to the listener: `complete`, or `partial` after an interruption.
 * @throws GuestmarkError when no device could be opened, or the request itself is wrong.
 */
export async function runSuite(
  request: SuiteRequest,
  listener: SuiteListener,
  around: RunEnvironment,
): Promise<Report> {
  const { command, cases, tool } = request;
  const builder = buildReport({ tool, command, cases, system: systemRecord(systemFiles()) });
  for (let run = 1; run <= command.runs && !around.signal.aborted; run++) {
    await oneRun({ request, listener, builder }, run, around);
  }
  if (!around.signal.aborted) return builder.report('complete');
  return builder.report('partial', `interrupted (${describeError(around.signal.reason)})`);
}

interface Context {
  readonly request: SuiteRequest;
  readonly listener: SuiteListener;
  readonly builder: ReportBuilder;
}

async function oneRun(
  { request, listener, builder }: Context,
  run: number,
  around: RunEnvironment,
): Promise<void> {
  const { command, cases } = request;
  let finishedCases = 0;
  const tell = (id: string, phase: string, samples: number): void =>
    listener.onProgress?.({
      run,
      runs: command.runs,
      finishedCases,
      cases: cases.length,
      id,
      phase,
      samples,
    });
  try {
    await runCases(
      runRequest(request, run, listener.onProgress !== undefined),
      {
        onSession: (session) => builder.addSession(session),
        onCaseStart: (id) => tell(id, 'starting', 0),
        onProgress: tell,
        onCaseRun: (id, caseRun) => {
          finishedCases++;
          builder.addCaseRun(id, caseRun);
          listener.onReport?.(builder.report('running'));
        },
        onValidation: ({ severity, id, message }) => builder.addValidation({ run, severity, id, message }),
        onProcess: ({ exit: { code, signal, lastWords }, ...record }) =>
          builder.addProcess({ run, ...record, exit: { code, signal }, lastWords }),
      },
      around,
    );
  } catch (error) {
    throw sessionFailure(error);
  }
}

function runRequest({ command, cases, modules }: SuiteRequest, run: number, progress: boolean): RunRequest {
  // Another order in every run: no case always profits from what ran before it.
  const order = shuffled(cases, seededRandom(derivedSeed(command.seed, `order of run ${run}`)));
  const { minTimeNs, maxTimeNs, timeoutNs, seed, wait } = command;
  return {
    device: {
      device: command.device,
      queueFamily: command.queueFamily,
      binding: command.binding,
      validate: command.validate,
    },
    options: { run, minTimeNs, maxTimeNs, timeoutNs, seed, wait },
    cases: order.map(({ id, benchmark, axes }) => ({ id, benchmark: benchmark.name, axes })),
    modules,
    progress,
  };
}

function sessionFailure(error: unknown): unknown {
  if (!(error instanceof SessionError)) return error;
  const { code, message, hint } = error.record;
  return code === null
    ? new Error(message)
    : new GuestmarkError(code, message, hint === null ? {} : { hint });
}
