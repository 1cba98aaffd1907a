// What is missing of a fleet: tasks that left no report, or no whole one, and nodes that no task ran on. By the plan and by what the
// tasks say of themselves; knows nothing of what the engine says.

import type { RefusedFile } from '../evidence/evidence.ts';
import type { FleetPlan, FleetTask } from '../fleet/fleet-folder.ts';
import type { KeptReport } from './collect-reports.ts';
import type { FleetGap } from './fleet-report.ts';
import type { SourceFile } from './fleet-sources.ts';

/** A file with what became of it: the report, or why there is none. */
export interface ReadSource extends SourceFile {
  readonly report: KeptReport | null;
  readonly refused: RefusedFile | null;
}

/** The gaps, by task, then nodes without one. Of reports without a plan: those that are not whole. */
export function findGaps(
  plan: FleetPlan | null,
  tasks: ReadonlyMap<number, FleetTask>,
  sources: readonly ReadSource[],
): readonly FleetGap[] {
  const byTask = new Map(sources.flatMap((one) => (one.task === null ? [] : [[one.task, one] as const])));
  const ofTasks = Array.from({ length: plan?.tasks ?? 0 }, (_, task) =>
    taskGap(task, tasks.get(task), byTask.get(task), plan?.nodes[task] ?? null),
  );
  const others = sources.flatMap(({ task, report }) =>
    task === null && report !== null && report.status !== 'complete'
      ? [{ task: null, node: report.hostname, reason: partialReason(report) }]
      : [],
  );
  return [...ofTasks.flat(), ...idleNodes(plan, tasks), ...others];
}

function taskGap(
  task: number,
  told: FleetTask | undefined,
  source: ReadSource | undefined,
  planned: string | null,
): readonly FleetGap[] {
  const node = told?.node ?? source?.report?.hostname ?? planned;
  const reason = gapReason(told, source);
  return reason === null ? [] : [{ task, node, reason }];
}

/** Null where there is none. */
function gapReason(told: FleetTask | undefined, source: ReadSource | undefined): string | null {
  const killed =
    told !== undefined && told.finishedAt === null
      ? `was killed, or still runs: it began at ${told.startedAt} and does not say that it ended`
      : null;
  if (source === undefined) return killed ?? missingReason(told);
  if (source.report === null) {
    const why = `its report cannot be read: ${source.refused?.message ?? 'nobody knows why'}`;
    return killed === null ? why : `${killed}; ${why}`;
  }
  return source.report.status === 'complete'
    ? null
    : [...(killed === null ? [] : [killed]), partialReason(source.report)].join('; ');
}

function missingReason(told: FleetTask | undefined): string {
  if (told === undefined) return 'was never started';
  return told.exitCode === 0
    ? 'ended well, but its report is not there'
    : `ended with exit code ${told.exitCode} and left no report`;
}

function partialReason({ status, statusReason }: KeptReport): string {
  if (status === 'running') return 'its report ends before the run did; what it holds is merged';
  return `its report is partial${statusReason === null ? '' : ` (${statusReason})`}; what it holds is merged`;
}

/** Nodes that were asked for, and on which no task says it ran. Where the tasks have nodes by index, those of tasks say it already. */
function idleNodes(plan: FleetPlan | null, tasks: ReadonlyMap<number, FleetTask>): readonly FleetGap[] {
  const used = new Set([...tasks.values()].flatMap(({ node, hostname }) => [node, hostname]));
  return (plan?.nodes ?? []).flatMap((node, index) =>
    used.has(node) || (index < (plan?.tasks ?? 0) && !tasks.has(index))
      ? []
      : [{ task: null, node, reason: 'no task ran on it' }],
  );
}
