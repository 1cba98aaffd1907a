// How a fleet stands, for people and for programs. Pure; all that is quoted of other programs and machines is shown as plain text.
import { shownText } from '../base/shown-text.ts';
import { renderColumns } from '../report/columns.ts';
import { type Painted, painter } from '../report/paint.ts';
import { shellWord } from '../report/saved-line.ts';
import type { FleetPlan } from './fleet-folder.ts';
import type { UnavailableNode } from './slurm-queue.ts';
import { nodeText, type TaskOutcome, type TaskState } from './task-outcome.ts';

/** How a fleet stands: what `--json` prints. */
export interface FleetStanding {
  readonly schema: 'guestmark-fleet-standing';
  readonly schemaVersion: string;
  readonly folder: string;
  readonly plan: FleetPlan;
  readonly counts: Readonly<Record<TaskState, number>>;
  readonly tasks: readonly TaskOutcome[];
  /** Nodes that take no jobs and have no task of this fleet, where Slurm chose the nodes. */
  readonly nodesWithout: readonly UnavailableNode[];
}

/** In the order in which they are told. */
export const TASK_STATES: readonly TaskState[] = [
  'ok',
  'failed',
  'interrupted',
  'killed',
  'missing',
  'running',
  'waiting',
];

/** `4 tasks: 2 ok, 1 killed, 1 waiting`. */
export function standingSummary({ plan, counts }: Pick<FleetStanding, 'plan' | 'counts'>): string {
  const parts = TASK_STATES.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${state}`);
  return `${plan.tasks} ${plan.tasks === 1 ? 'task' : 'tasks'}: ${parts.join(', ')}`;
}

/** The tasks that are not ok, each with its reason, and what can be done next. */
export function standingTable(
  standing: FleetStanding,
  layout: { readonly width: number; readonly color: boolean },
): string {
  const paint = painter(layout.color);
  const { tasks, nodesWithout, folder, counts } = standing;
  const named = tasks.filter(({ state }) => state !== 'ok');
  const columns = [
    { heading: 'task', align: 'right' as const },
    { heading: 'node' },
    { heading: 'job' },
    { heading: 'state' },
    { heading: 'why', wraps: true },
  ];
  const rows = named.map((task) => ({ cells: cellsOf(task) }));
  return [
    `Fleet ${shownText(standing.plan.name)}, ${standingSummary(standing)}`,
    ...(rows.length === 0 ? [] : ['', ...renderColumns(columns, rows, { width: layout.width, paint }), '']),
    ...withoutLines(nodesWithout),
    ...nextLines(folder, named, tasks.length - counts.missing - counts.waiting),
  ].join('\n');
}

function cellsOf({ index, node, job, state, reason }: TaskOutcome): readonly Painted[] {
  const style = state === 'running' || state === 'waiting' ? 'caution' : 'bad';
  const [where, what, why] = [node, job, reason].map((text) => (text === null ? '' : shownText(text, 200)));
  return [String(index), where ?? '', what ?? '', { text: state, style }, why ?? ''];
}

/** More are in the JSON. */
const MOST_NODES = 10;

function withoutLines(nodes: readonly UnavailableNode[]): readonly string[] {
  if (nodes.length === 0) return [];
  const more = nodes.length > MOST_NODES ? [`and ${nodes.length - MOST_NODES} more`] : [];
  return [`Without a task: ${[...nodes.slice(0, MOST_NODES).map(shownNode), ...more].join('; ')}`];
}

function shownNode(node: UnavailableNode): string {
  return shownText(nodeText(node), 200);
}

function nextLines(folder: string, named: readonly TaskOutcome[], started: number): readonly string[] {
  const reports = started === 0 ? [] : [`Next: guestmark merge ${shellWord(folder)}`];
  if (named.length === 0) return reports;
  return [`Logs of tasks: ${folder}/logs; what a task says of itself: ${folder}/tasks`, ...reports];
}
