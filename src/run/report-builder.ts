// Grows a report while a run goes on. Every state of it is a complete, valid report: what was measured
// is there, what is missing says so.
import { type Available, available, unavailable } from '../base/availability.ts';
import { watchDate } from '../base/date-watch.ts';
import type { ShaderDefinition } from '../definition/definition.ts';
import type { SessionRecord } from '../isolation/protocol.ts';
import { deriveFigures } from '../report/derive-figures.ts';
import { measuredRoofs } from '../report/derive-roofline.ts';
import {
  type CaseResult,
  type CommandRecord,
  type ProcessRecord,
  type Report,
  type ReportWarning,
  SCHEMA_VERSION,
  type SystemRecord,
  type Threshold,
  type ValidationRecord,
} from '../report/report.ts';
import type { ModuleRecord } from '../report/report-origin.ts';
import { dateWarnings, reportWarnings } from '../report/report-warnings.ts';
import { withRoofShare } from '../report/roof-share.ts';
import { type SummaryOptions, summarizeCase } from '../report/summarize-case.ts';
import { type UnjudgedCase, withVerdicts } from '../report/threshold-verdict.ts';
import { timeSeries } from '../report/time-series.ts';
import type { Case } from '../suite/case-id.ts';
import type { CaseRun } from '../suite/case-run.ts';
import type { SystemInfo } from '../virt/system-info.ts';
import { pendingResult } from './pending-result.ts';
import { beginResumption, type Resumption, replaces, sessionOf } from './resumption.ts';
import { shaderRecord } from './sources-record.ts';

/** What a report starts from. */
export interface ReportHeader {
  readonly tool: Report['tool'];
  readonly command: CommandRecord;
  readonly system: SystemRecord;
  readonly machine: Available<SystemInfo>;
  readonly cases: readonly Case[];
  /** By the name of the benchmark; default none. */
  readonly thresholds?: Readonly<Record<string, readonly Threshold[]>>;
  /** Benchmarks made of shaders. */
  readonly definitions: readonly ShaderDefinition[];
  /** Modules with benchmarks; default none. */
  readonly modules?: readonly ModuleRecord[];
  /** The report of the same command that is continued, which fits this machine and these cases; default none. */
  readonly earlier?: Report | null;
}

/** The report so far. */
export interface ReportBuilder {
  addSession(session: SessionRecord): void;
  addCaseRun(id: string, caseRun: CaseRun): void;
  addProcess(record: ProcessRecord): void;
  addValidation(message: ValidationRecord['messages'][number]): void;
  addWarning(warning: ReportWarning): void;
  /**
   * The report as it stands.
   *
   * @param length How much is drawn for its intervals; default brief while it is running.
   */
  report(status: Report['status'], reason?: string, length?: SummaryLength): Report;
  /** Draws the intervals of a whole report, case by case, so that the process stays awake for signals. */
  settle(): Promise<void>;
}

/** Starts a report in which every case is pending. */
export function buildReport(header: ReportHeader): ReportBuilder {
  const { earlier = null, modules = [], command, tool } = header;
  const now = new Date().toISOString();
  const dateChanges = watchDate();
  const resumption = beginResumption(earlier, now);
  const { system, machine, startedAt } = earlier ?? { ...header, startedAt: now };
  const { processes, messages, warnings } = listsOf(earlier);
  let session: SessionRecord | null = earlier === null ? null : sessionOf(earlier);
  const results = new Map(header.cases.map((one) => [one.id, startingResult(one, earlier)]));
  const shaders = header.definitions.map(shaderRecord);
  const summaries = summariesOf(header);
  const thresholds = new Map(header.cases.map((one) => [one.id, thresholdsOf(header, one)]));
  return {
    addSession: (opened) => {
      session ??= opened;
    },
    addCaseRun: (id, caseRun) => addTo(results, id, caseRun, resumption),
    addProcess: (record) => processes.push(record),
    addValidation: (message) => messages.push(message),
    addWarning: (warning) => warnings.push(warning),
    settle: async () => {
      for (const result of results.values()) {
        summaries(result, 'whole', session);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    report: (status, reason, length = status === 'running' ? 'brief' : 'whole') => {
      const summarized = [...results.values()].map((result) => summaries(result, length, session));
      const roofs = measuredRoofs(summarized);
      const judged = summarized.map((result) =>
        withVerdicts(withRoofShare(result, roofs), thresholds.get(result.id) ?? []),
      );
      const draft: Report = {
        schema: 'guestmark-report',
        schemaVersion: SCHEMA_VERSION,
        tool,
        command,
        startedAt,
        finishedAt: status === 'running' ? null : new Date().toISOString(),
        status,
        statusReason: reason ?? null,
        system,
        machine,
        ...sessionParts(session),
        shaders,
        modules,
        resumed: resumption.records(),
        processes: [...processes],
        results: judged,
        derived: deriveFigures(judged, roofs, command.seed),
        series: timeSeries(judged),
        warnings: [],
        validation: { enabled: command.validate, messages: [...messages] },
      };
      return { ...draft, warnings: [...reportWarnings(draft), ...dateWarnings(dateChanges()), ...warnings] };
    },
  };
}

function addTo(
  results: Map<string, UnjudgedCase>,
  id: string,
  caseRun: CaseRun,
  resumption: Resumption,
): void {
  const result = results.get(id);
  const old = result?.runs.find(({ run }) => run === caseRun.run) ?? null;
  if (result === undefined || (old !== null && !replaces(caseRun, old))) return;
  resumption.add(id, old);
  results.set(id, withRuns(result, [...result.runs.filter((one) => one !== old), caseRun]));
}

/** What grows while a run goes on. */
interface Lists {
  readonly processes: ProcessRecord[];
  readonly messages: ValidationRecord['messages'][number][];
  readonly warnings: ReportWarning[];
}

function listsOf(earlier: Report | null): Lists {
  if (earlier === null) return { processes: [], messages: [], warnings: [] };
  return {
    processes: [...earlier.processes],
    messages: [...earlier.validation.messages],
    // The others follow from the report; what the clocks of the machine did up to then, nobody else remembers.
    warnings: earlier.warnings.filter(
      ({ id }) => id === 'process' || id === 'date-set' || id === 'suspended',
    ),
  };
}

type SessionPart = 'clocks' | 'device' | 'attachment' | 'counters' | 'queueFamilyIndex' | 'binding';

/** What the first process found; nothing before it did. */
function sessionParts(session: SessionRecord | null): Pick<Report, SessionPart> {
  const none = unavailable('no process got as far as opening the device');
  const found = <T>(value: (session: SessionRecord) => T): Available<T> =>
    session === null ? none : available(value(session));
  return {
    clocks: found(({ clocks }) => clocks),
    device: found(({ device }) => device),
    attachment: found(({ attachment }) => attachment),
    counters: session?.counters ?? [],
    queueFamilyIndex: session?.queueFamilyIndex ?? null,
    binding: found(({ binding }) => binding),
  };
}

function thresholdsOf({ thresholds = {} }: ReportHeader, { benchmark }: Case): readonly Threshold[] {
  return Object.hasOwn(thresholds, benchmark.name) ? (thresholds[benchmark.name] ?? []) : [];
}

/** What the summary of a case depends on besides its samples. */
function summaryOptions({ command, system }: ReportHeader, session: SessionRecord | null): SummaryOptions {
  return {
    seed: command.seed,
    timestampPeriodNs: session?.device.limits.timestampPeriodNs ?? null,
    machine: { software: session?.device.software ?? false, cpuCount: system.cpuCount },
  };
}

/** A case with what an earlier part of the report has of it. */
function startingResult(one: Case, earlier: Report | null): UnjudgedCase {
  const runs = earlier?.results.find(({ id }) => id === one.id)?.runs ?? [];
  return runs.length === 0 ? pendingResult(one) : withRuns(pendingResult(one), runs);
}

function withRuns(result: UnjudgedCase, runs: readonly CaseRun[]): UnjudgedCase {
  return { ...result, runs, status: statusOf(runs) };
}

/** How much is drawn for the intervals: the device waits while a running report is made. */
type SummaryLength = 'brief' | 'whole';

type Summaries = (result: UnjudgedCase, length: SummaryLength, session: SessionRecord | null) => UnjudgedCase;

const BRIEF_RESAMPLES = 500;

/** Cases with what follows from their samples; one that did not change is not summarized again. */
function summariesOf(header: ReportHeader): Summaries {
  const known = new Map<
    string,
    { readonly of: UnjudgedCase; readonly length: SummaryLength; readonly is: UnjudgedCase }
  >();
  return (of, length, session) => {
    const earlier = known.get(of.id);
    if (earlier?.of === of && earlier.length === length) return earlier.is;
    const options = summaryOptions(header, session);
    const is = {
      ...of,
      ...summarizeCase(of, length === 'brief' ? { ...options, resamples: BRIEF_RESAMPLES } : options),
    };
    known.set(of.id, { of, length, is });
    return is;
  };
}

/** A case is only as good as its worst run. */
function statusOf(runs: readonly CaseRun[]): CaseResult['status'] {
  if (runs.some(({ status }) => status === 'failed')) return 'failed';
  return runs.some(({ status }) => status === 'skipped') ? 'skipped' : 'ok';
}
