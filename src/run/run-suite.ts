// A whole run of the suite: every run in a process of its own, the report told after every case. Says
// what happens to a listener and prints nothing; the parent process never loads Vulkan.
import { available } from '../base/availability.ts';
import { describeError, GuestmarkError } from '../base/errors.ts';
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
import { builtInModules } from '../suite/load.ts';
import { describeSystem } from '../virt/describe-system.ts';
import { thisMachine } from '../virt/open-machine.ts';
import { addWork, type EarlierWork, earlierWork, hungBefore, isMissing } from './earlier-work.ts';
import { type MachineParts, machineDifference } from './machine-difference.ts';
import { pendingResult } from './pending-result.ts';
import { type Plan, planDifference } from './plan-difference.ts';
import { buildReport, type ReportBuilder } from './report-builder.ts';
import { sessionOf } from './resumption.ts';
import { moduleRecord, shaderRecord } from './sources-record.ts';
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
  /** A report of the same command that was interrupted: only what is missing in it is measured. Default none. */
  readonly earlier?: EarlierReport | null;
}

/** A report that is continued. */
export interface EarlierReport {
  readonly report: Report;
  /** What to call it in messages: its path. */
  readonly name: string;
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
 * @throws GuestmarkError when no device could be opened, the request itself is wrong, or an earlier report does not fit it and this
 * machine; the listener was told nothing then.
 */
export async function runSuite(
  request: SuiteRequest,
  listener: SuiteListener,
  around: RunEnvironment,
): Promise<Report> {
  const { command, earlier = null } = request;
  const builder = beginReport(request, around);
  const state: SuiteState = { builder, session: null, isOpened: false, work: earlierWork([]) };
  if (earlier !== null) {
    state.session = sessionOf(earlier.report);
    state.work = earlierWork(earlier.report.results);
  }
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

/** The report as it begins on this machine, or goes on. */
function beginReport(request: SuiteRequest, { environment: added }: RunEnvironment): ReportBuilder {
  const { tool, command, cases, definitions, thresholds = {}, earlier = null } = request;
  const described = describeSystem(thisMachine());
  const environment = { ...process.env, ...added };
  const system = systemRecord(systemFiles(), environment, described.virtualization.virtual);
  const machine = available(described);
  const modules = request.modules.map(moduleRecord);
  if (earlier !== null) {
    const plan = { shaders: definitions.map(shaderRecord), modules, results: cases.map(pendingResult) };
    requireSame(earlier, { tool, system, machine, ...plan });
  }
  const report = earlier?.report ?? null;
  return buildReport({
    tool,
    command,
    cases,
    definitions,
    modules,
    thresholds,
    system,
    machine,
    earlier: report,
  });
}

const START_ANEW = 'make it as it was, or start a new report with another --out; this one keeps what it has';

/** @throws GuestmarkError where the report was begun with something else, or elsewhere. */
function requireSame({ report, name }: EarlierReport, now: MachineParts & Plan): void {
  const difference = machineDifference(report, now);
  if (difference !== null)
    throw new GuestmarkError('environment', `Cannot resume ${name}: ${difference}`, { hint: START_ANEW });
  const change = planDifference(report, now);
  if (change !== null)
    throw new GuestmarkError('usage', `Cannot resume ${name}: ${change}`, { hint: START_ANEW });
}

/** What is known from one run to the next. */
interface SuiteState {
  readonly builder: ReportBuilder;
  /** What the first process found; every later one must find the same. */
  session: SessionRecord | null;
  /** Whether a process of this command found it too. */
  isOpened: boolean;
  work: EarlierWork;
}

interface Context {
  readonly listener: SuiteListener;
  readonly around: RunEnvironment;
  readonly state: SuiteState;
}

async function oneRun(request: SuiteRequest, run: number, context: Context): Promise<void> {
  const { state, around, listener } = context;
  const { cases, command, earlier = null } = request;
  // Another order in every run: no case always profits from what ran before it. It is that of all cases that this run had from its beginning, whether some of them were measured before or not.
  const tried = cases.filter(({ id }) => hungBefore(state.work, id, run) === null);
  const order = shuffled(tried, seededRandom(derivedSeed(command.seed, `order of run ${run}`)));
  const wanted = order.filter(({ id }) => isMissing(state.work, id, run));
  for (const { id } of cases) {
    const hung = hungBefore(state.work, id, run);
    if (hung === null || !isMissing(state.work, id, run)) continue;
    const reason = `not tried again: it did not end within its limit in run ${hung}`;
    state.builder.addCaseRun(id, skippedRun(run, reason));
  }
  const started = {
    run,
    runs: command.runs,
    earlier: cases.length - wanted.length,
    cases: cases.length,
  };
  const job = runRequest({ ...request, cases: wanted }, run, state.work, listener.onProgress !== undefined);
  const isFirst = earlier !== null && !state.isOpened;
  const within = isFirst
    ? { ...around, refusal: { action: `resume ${earlier.name}`, hint: START_ANEW } }
    : around;
  const known = { first: state.session, isOpened: state.isOpened };
  state.session = await runCases(job, runListener(started, context), within, known);
}

/** Where a run begins in the progress of the whole. */
interface StartedRun {
  readonly run: number;
  readonly runs: number;
  /** Cases that were measured before, or are not tried in it. */
  readonly earlier: number;
  readonly cases: number;
}

function runListener({ run, runs, earlier, cases }: StartedRun, { listener, state }: Context): RunListener {
  const { builder } = state;
  let finishedCases = earlier;
  const tell = (id: string, phase: string, samples: number): void =>
    listener.onProgress?.({ run, runs, finishedCases, cases, id, phase, samples });
  return {
    onSession: (session) => {
      state.isOpened = true;
      builder.addSession(session);
    },
    onCaseStart: (id) => tell(id, 'starting', 0),
    onProgress: tell,
    onCaseRun: (id, caseRun) => {
      finishedCases++;
      addWork(state.work, id, caseRun);
      builder.addCaseRun(id, caseRun);
      listener.onReport?.(() => builder.report('running'), 'soon');
    },
    onTrouble: (message) => builder.addWarning(warningOf('process', message)),
    onValidation: ({ severity, id, message }) => builder.addValidation({ run, severity, id, message }),
    onProcess: ({ exit: { code, signal, lastWords }, ...record }) =>
      builder.addProcess({ run, ...record, exit: { code, signal }, lastWords }),
  };
}

function runRequest(
  { command, cases, modules, definitions, external }: SuiteRequest,
  run: number,
  { outputs }: EarlierWork,
  progress: boolean,
): RunRequest {
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
    cases: cases.map(({ id, benchmark, axes }) => ({
      id,
      benchmark: benchmark.name,
      axes,
      expected: outputs.get(id) ?? null,
    })),
    modules,
    builtInModules: builtInModules(cases.map(({ benchmark }) => benchmark.name)),
    definitions,
    progress,
  };
}
