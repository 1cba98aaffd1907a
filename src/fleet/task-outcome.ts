// What became of every task of a fleet: from what it says of itself, and what its engine says of it. A task that says nothing is the one
// that must be named. Pure.
import type { FleetPlan, FleetTask } from './fleet-folder.ts';
import { hasEnded, type QueuedTask, type UnavailableNode } from './slurm-queue.ts';

/** How a task stands. */
export type TaskState = 'ok' | 'failed' | 'interrupted' | 'killed' | 'missing' | 'running' | 'waiting';

/** What became of one task. */
export interface TaskOutcome {
  readonly index: number;
  readonly state: TaskState;
  /** The one it ran on, runs on, or was meant for; null where that is not known. */
  readonly node: string | null;
  readonly job: string | null;
  /** 0 where it never started. */
  readonly attempts: number;
  /** Of `guestmark run`; null where that did not end. */
  readonly exitCode: number | null;
  /** Whether its report is there, whole or not. */
  readonly hasReport: boolean;
  /** Why it is not ok; null where it is. */
  readonly reason: string | null;
}

/** What is known of a fleet. */
export interface FleetFacts {
  readonly plan: FleetPlan;
  readonly tasks: readonly FleetTask[];
  /** What Slurm knows; null where another engine runs the fleet. */
  readonly queue: readonly QueuedTask[] | null;
  readonly unavailable: readonly UnavailableNode[];
  readonly hasReport: (index: number) => boolean;
}

/** One outcome for each planned task. */
export function taskOutcomes(facts: FleetFacts): readonly TaskOutcome[] {
  const tasks = new Map(facts.tasks.map((task) => [task.index, task]));
  const queue = latestByIndex(facts.queue ?? []);
  return Array.from({ length: facts.plan.tasks }, (_, index) =>
    outcomeOf(index, tasks.get(index) ?? null, queue.get(index) ?? null, facts),
  );
}

/** A task that was submitted again is in the queue twice: what is on its way counts, else the newer job. */
function latestByIndex(queue: readonly QueuedTask[]): ReadonlyMap<number, QueuedTask> {
  const latest = new Map<number, QueuedTask>();
  for (const one of queue) {
    const other = latest.get(one.index);
    if (other === undefined || !hasEnded(one) || hasEnded(other)) latest.set(one.index, one);
  }
  return latest;
}

function outcomeOf(
  index: number,
  task: FleetTask | null,
  queued: QueuedTask | null,
  facts: FleetFacts,
): TaskOutcome {
  const [state, reason] = stateOf(index, task, queued, facts);
  return {
    index,
    state,
    node: task?.node ?? queued?.nodes ?? facts.plan.nodes[index] ?? null,
    job: queued?.job ?? task?.job ?? null,
    attempts: task?.attempt ?? 0,
    exitCode: task?.exitCode ?? null,
    hasReport: facts.hasReport(index),
    reason,
  };
}

type StateAndReason = readonly [state: TaskState, reason: string | null];

function stateOf(
  index: number,
  task: FleetTask | null,
  queued: QueuedTask | null,
  facts: FleetFacts,
): StateAndReason {
  const isDone = task !== null && task.exitCode !== null;
  if (queued !== null && !hasEnded(queued) && !(isDone && queued.state === 'COMPLETING'))
    return queued.nodes === null || queued.state === 'PENDING'
      ? ['waiting', waitingReason(queued, facts.plan.nodes[index] ?? null, facts.unavailable)]
      : ['running', null];
  if (isDone) return ended(task.exitCode, facts.hasReport(index), queued);
  if (facts.queue === null) return task === null ? ['missing', 'it has not started'] : ['running', null];
  const said = queued === null ? null : slurmSays(queued);
  if (task === null) return ['missing', said ?? "it never started, and is not in Slurm's queue any more"];
  return ['killed', said ?? 'its process was ended before it could say anything'];
}

const BY_EXIT_CODE: Readonly<Record<number, string>> = {
  1: 'some of its cases failed',
  2: 'guestmark run refused its arguments',
  3: 'the machine lacks something, such as a Vulkan device',
  4: 'its report cannot be written',
  70: 'a defect of guestmark',
};

/** It was asked to stop, and what it had measured is in its report. */
function interruptedBy(queued: QueuedTask | null): string {
  const isTold = queued !== null && queued.state !== 'FAILED' && hasEnded(queued);
  return `a signal stopped it${isTold ? `, and ${slurmSays(queued)}` : ': its time limit, preemption, or somebody'}`;
}

function ended(exitCode: number, hasReport: boolean, queued: QueuedTask | null): StateAndReason {
  if (exitCode === 130) return ['interrupted', interruptedBy(queued)];
  if (exitCode === 0)
    return hasReport ? ['ok', null] : ['failed', 'it ended well, but its report is not there'];
  return ['failed', BY_EXIT_CODE[exitCode] ?? `it ended with ${exitCode}`];
}

/** `ReqNodeNotAvail, UnavailableNodes:n2 (n2 is drained: broken fan)`. */
function waitingReason(
  { reason, state }: QueuedTask,
  wanted: string | null,
  unavailable: readonly UnavailableNode[],
): string {
  const own = unavailable.find(({ node }) => node === wanted);
  const concerned = own === undefined ? unavailable.filter(({ node }) => mentions(reason, node)) : [own];
  const why = reason ?? state;
  return concerned.length === 0 ? why : `${why} (${concerned.map(nodeText).join(', ')})`;
}

function mentions(reason: string | null, node: string): boolean {
  return (reason?.split(/[^\w.-]+/) ?? []).includes(node);
}

/** `n2 is drained: broken fan`. */
export function nodeText({ node, state, reason }: UnavailableNode): string {
  return `${node} is ${state.replace(/[^a-z_]/g, '')}${reason === null ? '' : `: ${reason}`}`;
}

/** `Slurm says CANCELLED`. */
function slurmSays({ state, reason }: QueuedTask): string {
  return `Slurm says ${state}${reason === null ? '' : ` (${reason})`}`;
}

/** The worst first: what a script must not overlook. */
const WORST = [70, 4, 3, 2];

/** The exit code for a fleet: 0 where every task is ok, else the worst of its tasks; what is missing or unfinished has failed. */
export function fleetExitCode(outcomes: readonly TaskOutcome[]): number {
  if (outcomes.every(({ state }) => state === 'ok')) return 0;
  const codes = outcomes.filter(({ state }) => state === 'failed').map(({ exitCode }) => exitCode);
  return WORST.find((code) => codes.includes(code)) ?? 1;
}
