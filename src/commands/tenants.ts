// `guestmark tenants`: several processes on one device, alone and at once; saved as rounds end.
import { resolve } from 'node:path';
import { describeError } from '../base/errors.ts';
import { checkWritable, saveText } from '../report/write-report.ts';
import { driverEnvironment } from '../setup/index.ts';
import { measureTenants, type TenantsProgress } from '../tenants/measure-tenants.ts';
import { planScenes } from '../tenants/scenario.ts';
import { tenantsCsv } from '../tenants/tenants-csv.ts';
import { tenantsMarkdown } from '../tenants/tenants-markdown.ts';
import type { TenantsCommand, TenantsReport } from '../tenants/tenants-report.ts';
import { tenantsTable } from '../tenants/tenants-table.ts';
import { isExpectedDeath, problemOf, summaryText } from '../tenants/tenants-words.ts';
import { chooseBenchmarks } from './choose-benchmarks.ts';
import { EXIT } from './exit-codes.ts';
import type { ResultFormat } from './result-options.ts';
import { COMPILE_LIMIT_NS } from './shader-options.ts';
import type { Terminal } from './terminal.ts';
import { toolRecord } from './tool-record.ts';
import { writeResult } from './write-result.ts';

/** The options of the command, checked one by one. */
export interface TenantsRequest {
  readonly command: TenantsCommand;
  readonly modules: readonly string[];
  /** Null for what the name of `out` says. */
  readonly format: ResultFormat | null;
  readonly out: string | null;
}

/** For messages. */
const WHAT = 'tenants report';

/** Each process has an exit listener in this one, and one of the wish to stop. */
const LISTENERS_OF_OTHERS = 10;

/**
 * Runs the command.
 *
 * @returns The exit code.
 * @throws GuestmarkError for what ends the command before or instead of a result.
 */
export async function tenantsCommand(
  { command, modules, format, out }: TenantsRequest,
  terminal: Terminal,
  untilInterrupted: () => AbortSignal,
): Promise<number> {
  const { selectors, aggressor, device, binding } = command;
  const words = [...selectors, ...(aggressor === null ? [] : [aggressor])];
  const shaders = { cache: true, compileLimit: COMPILE_LIMIT_NS };
  const chosen = await chooseBenchmarks({ words, modules, device, binding, shaders });
  const scenes = planScenes(chosen.benchmarks, command);
  const path = out === null ? null : resolve(out);
  const signal = untilInterrupted();
  if (path !== null) checkWritable(path, WHAT);
  const isJson = format === 'json' || (format === null && path?.endsWith('.json') === true);
  process.setMaxListeners(command.tenants + LISTENERS_OF_OTHERS);
  const report = await measureTenants(
    { tool: toolRecord(), command, modules: chosen.modules, definitions: chosen.definitions, scenes },
    {
      onTrouble: (message) => terminal.note(`guestmark: ${message}`),
      ...(terminal.isInteractive && { onProgress: (now) => terminal.drawStatus(progressText(now)) }),
      ...(path !== null && isJson && { onReport: (current) => keep(path, current, terminal) }),
    },
    { environment: driverEnvironment(), signal },
  );
  terminal.clearProgress();
  writeResult(resultOf(report), format, path, terminal);
  return exitCodeOf(report);
}

/** What there is after a round, in the one format from which everything else can be made. */
function keep(path: string, report: TenantsReport, terminal: Terminal): void {
  try {
    saveText(path, `${JSON.stringify(report)}\n`, WHAT);
  } catch (error) {
    terminal.note(`guestmark: ${describeError(error)}`);
  }
}

function resultOf(report: TenantsReport): Parameters<typeof writeResult>[0] {
  return {
    what: WHAT,
    value: report,
    summary: () => summaryText(report),
    table: (layout) => tenantsTable(report, layout),
    markdown: () => tenantsMarkdown(report),
    csv: () => tenantsCsv(report),
  };
}

/** `round 1/3, 2/3: together, sampling`. */
function progressText({ round, rounds, step, steps, group, stage }: TenantsProgress): string {
  const who = group.members
    .map(({ workClass, caseId }) => workClass ?? caseId.replace(/\[.*/, ''))
    .join(' + ');
  const doing = stage === 'gathering' ? 'getting ready' : 'sampling';
  return `round ${round}/${rounds}, ${step}/${steps} ${group.kind}: ${who} ${doing}`;
}

/** A tenant that was to die did what it should. */
function exitCodeOf({ status, phases, validation }: TenantsReport): number {
  if (status === 'partial') return EXIT.interrupted;
  const isWrong = phases.some(
    (phase) =>
      phase.tenants.some((run, member) => !isExpectedDeath(phase, member) && problemOf(run) !== null) ||
      (phase.kill !== null && problemOf(phase.kill.newcomer) !== null),
  );
  return isWrong || validation.length > 0 ? EXIT.failed : EXIT.ok;
}
