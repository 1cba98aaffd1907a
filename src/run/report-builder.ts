// Grows a report while a run goes on. Every state of it is a complete, valid report: what was measured
// is there, what is missing says so.
import { type Available, available, unavailable } from '../base/availability.ts';
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
  type ShaderRecord,
  type SystemRecord,
  type Threshold,
  type ValidationRecord,
} from '../report/report.ts';
import { dateWarnings, reportWarnings } from '../report/report-warnings.ts';
import { withRoofShare } from '../report/roof-share.ts';
import { type SummaryOptions, summarizeCase } from '../report/summarize-case.ts';
import { type UnjudgedCase, withVerdicts } from '../report/threshold-verdict.ts';
import { timeSeries } from '../report/time-series.ts';
import type { Case } from '../suite/case-id.ts';
import type { CaseRun } from '../suite/case-run.ts';
import { watchDate } from '../base/date-watch.ts';
import type { SystemInfo } from '../virt/system-info.ts';

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
  const startedAt = new Date().toISOString();
  const dateChanges = watchDate();
  let session: SessionRecord | null = null;
  const processes: ProcessRecord[] = [];
  const messages: ValidationRecord['messages'][number][] = [];
  const warnings: ReportWarning[] = [];
  const results = new Map(header.cases.map((one) => [one.id, pendingResult(one)]));
  const summaries = summariesOf(header);
  const thresholds = new Map(header.cases.map((one) => [one.id, thresholdsOf(header, one)]));
  const { command, system, machine, tool } = header;
  return {
    addSession: (opened) => {
      session ??= opened;
    },
    addCaseRun: (id, caseRun) => {
      const result = results.get(id);
      if (result !== undefined) results.set(id, withRun(result, caseRun));
    },
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
        shaders: header.definitions.map(shaderRecord),
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

function shaderRecord(definition: ShaderDefinition): ShaderRecord {
  const { name, entryPoint, path, language, sourceSha256, spirvSha256, targetEnvironment, compiler } =
    definition;
  return {
    benchmark: name.value,
    path,
    language,
    entryPoint: entryPoint.value,
    sourceSha256,
    spirvSha256,
    targetEnvironment,
    compiler,
  };
}

/** What the summary of a case depends on besides its samples. */
function summaryOptions({ command, system }: ReportHeader, session: SessionRecord | null): SummaryOptions {
  return {
    seed: command.seed,
    timestampPeriodNs: session?.device.limits.timestampPeriodNs ?? null,
    machine: { software: session?.device.software ?? false, cpuCount: system.cpuCount },
  };
}

function pendingResult({ id, benchmark, axes }: Case): UnjudgedCase {
  return {
    id,
    benchmark: benchmark.name,
    axes,
    status: 'pending',
    kind: benchmark.kind,
    bytes: benchmark.bytes?.(axes) ?? null,
    flops: benchmark.flops?.(axes) ?? null,
    items: benchmark.items?.(axes) ?? null,
    category: benchmark.category ?? null,
    itemName: benchmark.itemName ?? 'items',
    showsItemTime: benchmark.showsItemTime ?? false,
    flopType: benchmark.flopType ?? 'f32',
    isRoof: benchmark.isRoof ?? false,
    fitsStartUp: benchmark.fitsStartUp ?? null,
    metrics: [],
    warnings: [],
    runs: [],
  };
}

function withRun(result: UnjudgedCase, caseRun: CaseRun): UnjudgedCase {
  const runs = [...result.runs, caseRun];
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
