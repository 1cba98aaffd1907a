// A whole run of the suite: every run in a process of its own, the report told after every case. Says
// what happens to a listener and prints nothing; the parent process never loads Vulkan.
import { available } from '../base/availability.ts';
import { describeError } from '../base/errors.ts';
import { derivedSeed, seededRandom, shuffled } from '../base/random.ts';
import { systemFiles } from '../base/system-files.ts';
import type { ShaderDefinition } from '../definition/definition.ts';
import type { ExternalRequest, RunRequest, SessionRecord } from '../isolation/protocol.ts';
import { runCases } from '../isolation/run-cases.ts';
import type { RunEnvironment, RunListener } from '../isolation/run-process.ts';
import { skippedRun } from '../isolation/unmeasured-run.ts';
import type { CommandRecord, Report, Threshold } from '../report/report.ts';
import { warningOf } from '../report/warnings.ts';
import type { Case } from '../suite/case-id.ts';
import type { CaseRun } from '../suite/case-run.ts';
import type { ExpectedOutput } from '../suite/verify-case.ts';
import { describeSystem } from '../virt/describe-system.ts';
import { thisMachine } from '../virt/open-machine.ts';
import { buildReport, type ReportBuilder } from './report-builder.ts';
import { systemRecord } from './system-record.ts';

/** What a run is made of. */
export interface SuiteRequest {
  readonly tool: Report['tool'];
  readonly command: CommandRecord;
  readonly cases: readonly Case[];
  /** Modules with benchmarks beside the built-in ones, as file URLs. */
  readonly modules: readonly string[];
  /** Benchmarks made of shaders; one replaces a benchmark of the same name. */
  readonly definitions: readonly ShaderDefinition[];
  /** Another machine's time; null without one. Apart from the command, because a key is in no report. */
  readonly external: ExternalRequest | null;
  /** By the name of the benchmark; default none. */
  readonly thresholds?: Readonly<Record<string, readonly Threshold[]>>;
}

/** What is told while it runs; every call returns before measuring goes on. */
export interface SuiteListener {
  /** Absent when nobody watches: no progress is sent then. */
  readonly onProgress?: (state: SuiteProgress) => void;
  /** The report changed and should be kept; making it takes time, in which nothing is measured. `now`: nothing more comes soon. */
  readonly onReport?: (current: () => Report, when: 'soon' | 'now') => void;
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
 * @returns The final report, of which the listener was told a brief form: `complete`, or `partial` after an interruption.
 * @throws GuestmarkError when no device could be opened, or the request itself is wrong.
 */
export async function runSuite(
  request: SuiteRequest,
  listener: SuiteListener,
  around: RunEnvironment,
): Promise<Report> {
  const { command, cases, definitions, tool, thresholds = {} } = request;
  const described = describeSystem(thisMachine());
  const environment = { ...process.env, ...around.environment };
  const system = systemRecord(systemFiles(), environment, described.virtualization.virtual);
  const machine = available(described);
  const builder = buildReport({ tool, command, cases, definitions, thresholds, system, machine });
  const state: SuiteState = { builder, session: null, hanging: new Map(), outputs: new Map() };
  for (let run = 1; run <= command.runs && !around.signal.aborted; run++) {
    await oneRun(request, run, { listener, around, state });
  }
  const end: readonly [Report['status'], string?] = around.signal.aborted
    ? ['partial', `interrupted (${describeError(around.signal.reason)})`]
    : ['complete'];
  // The intervals of a large report take many seconds, and who was interrupted once is soon killed.
  listener.onReport?.(() => builder.report(end[0], end[1], 'brief'), 'now');
  await builder.settle();
  return builder.report(...end);
}

/** What is known from one run to the next. */
interface SuiteState {
  readonly builder: ReportBuilder;
  /** What the first process found; every later one must find the same. */
  session: SessionRecord | null;
  /** Cases that did not end within their limit, and in which run: they are not waited for again. */
  readonly hanging: Map<string, number>;
  /** The output of the first run of a case that went well: a later one that has it is right, and some must have it. */
  readonly outputs: Map<string, ExpectedOutput>;
}

interface Context {
  readonly listener: SuiteListener;
  readonly around: RunEnvironment;
  readonly state: SuiteState;
}

async function oneRun(request: SuiteRequest, run: number, context: Context): Promise<void> {
  const { state, around, listener } = context;
  const [wanted, givenUp] = [[], []] as [Case[], Case[]];
  for (const one of request.cases) (state.hanging.has(one.id) ? givenUp : wanted).push(one);
  for (const { id } of givenUp) {
    const reason = `not tried again: it did not end within its limit in run ${state.hanging.get(id)}`;
    state.builder.addCaseRun(id, skippedRun(run, reason));
  }
  const job = runRequest(
    { ...request, cases: wanted },
    run,
    state.outputs,
    listener.onProgress !== undefined,
  );
  const started = { run, runs: request.command.runs, givenUp: givenUp.length, cases: request.cases.length };
  state.session = await runCases(job, runListener(started, context), around, state.session);
}

/** Where a run begins in the progress of the whole. */
interface StartedRun {
  readonly run: number;
  readonly runs: number;
  /** Cases that are not tried in it. */
  readonly givenUp: number;
  readonly cases: number;
}

function runListener({ run, runs, givenUp, cases }: StartedRun, { listener, state }: Context): RunListener {
  const { builder, hanging } = state;
  let finishedCases = givenUp;
  const tell = (id: string, phase: string, samples: number): void =>
    listener.onProgress?.({ run, runs, finishedCases, cases, id, phase, samples });
  return {
    onSession: (session) => builder.addSession(session),
    onCaseStart: (id) => tell(id, 'starting', 0),
    onProgress: tell,
    onCaseRun: (id, caseRun) => {
      finishedCases++;
      if (caseRun.failure?.kind === 'timeout') hanging.set(id, run);
      keepOutput(state.outputs, id, caseRun);
      builder.addCaseRun(id, caseRun);
      listener.onReport?.(() => builder.report('running'), 'soon');
    },
    onTrouble: (message) => builder.addWarning(warningOf('process', message)),
    onValidation: ({ severity, id, message }) => builder.addValidation({ run, severity, id, message }),
    onProcess: ({ exit: { code, signal, lastWords }, ...record }) =>
      builder.addProcess({ run, ...record, exit: { code, signal }, lastWords }),
  };
}

function keepOutput(outputs: Map<string, ExpectedOutput>, id: string, caseRun: CaseRun): void {
  const { run, status, outputSha256, verifiedBefore } = caseRun;
  if (status !== 'ok' || !outputSha256.available || outputs.has(id)) return;
  outputs.set(id, { run, sha256: outputSha256.value, checked: verifiedBefore });
}

function runRequest(
  { command, cases, modules, definitions, external }: SuiteRequest,
  run: number,
  outputs: ReadonlyMap<string, ExpectedOutput>,
  progress: boolean,
): RunRequest {
  // Another order in every run: no case always profits from what ran before it.
  const order = shuffled(cases, seededRandom(derivedSeed(command.seed, `order of run ${run}`)));
  const { minTimeNs, maxTimeNs, timeoutNs, seed, wait, ledger, verify, memoryLimitBytes } = command;
  const sampling = { run, minTimeNs, maxTimeNs, timeoutNs, seed, wait, ledger, verify };
  return {
    device: {
      device: command.device,
      queueFamily: command.queueFamily,
      binding: command.binding,
      validate: command.validate,
      robustBufferAccess: command.robustBufferAccess,
      pin: command.pin,
      stalls: command.stalls,
      counters: command.counters,
    },
    options: { ...sampling, memoryLimitBytes, dumpFolder: command.dumpOutputs },
    external,
    processMemoryBytes: command.processMemoryBytes,
    verdict: null,
    cases: order.map(({ id, benchmark, axes }) => ({
      id,
      benchmark: benchmark.name,
      axes,
      expected: outputs.get(id) ?? null,
    })),
    modules,
    definitions,
    progress,
  };
}
