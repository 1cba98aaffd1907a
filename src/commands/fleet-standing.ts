// How the fleet of a folder stands: read from the folder, and asked of Slurm where it was submitted to one.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Available, available } from '../base/availability.ts';
import { loadPart } from '../base/load-part.ts';
import { FLEET_SCHEMA_VERSION, type FleetPlan, taskReportPath } from '../fleet/fleet-folder.ts';
import { type FleetStanding, TASK_STATES } from '../fleet/fleet-table.ts';
import type { Look } from '../fleet/follow-fleet.ts';
import type { SlurmClient } from '../fleet/slurm-client.ts';
import { hasEnded, isStuck, parseJobs, type QueuedTask } from '../fleet/slurm-queue.ts';
import { taskOutcomes } from '../fleet/task-outcome.ts';

/** A fleet that is watched. */
export interface WatchedFleet {
  readonly folder: string;
  readonly plan: FleetPlan;
  /** Numbers of Slurm's jobs; none where another engine runs it. */
  readonly jobs: readonly string[];
  /** What Slurm said when it last answered: it forgets jobs some minutes after their end. */
  readonly seen: Map<string, QueuedTask>;
  readonly slurm: SlurmClient;
}

/** Where the numbers of the jobs are kept, one a line, as sbatch prints them. */
export function jobsPath(folder: string): string {
  return join(folder, 'jobs');
}

/**
 * Opens the fleet of a folder.
 *
 * @param job A job that was submitted by hand; null for those that the folder knows.
 * @throws GuestmarkError (usage) where there is no plan.
 */
export async function watchFleet(
  folder: string,
  job: string | null,
  slurm: SlurmClient,
): Promise<WatchedFleet> {
  const { readPlan } = await loadPart(import('../fleet/read-fleet.ts'));
  const plan = readPlan(folder);
  const path = jobsPath(folder);
  const known = existsSync(path) ? parseJobs(readFileSync(path, 'utf8')) : [];
  const jobs = [...new Set([...known, ...(job === null ? [] : [job])])];
  return { folder, plan, jobs, seen: new Map(), slurm };
}

/** Asks once what is still open; unavailable where Slurm does not answer. */
export async function lookAtFleet(fleet: WatchedFleet): Promise<Available<Look>> {
  if (fleet.jobs.length === 0) return available(await lookAtFolder(fleet));
  const asked = await fleet.slurm.queue(fleet.jobs);
  if (!asked.available) return asked;
  const open = asked.value.filter((one) => !hasEnded(one));
  remember(fleet, asked.value);
  return available({ open: open.length, stuck: open.filter(isStuck).length });
}

/** What Slurm no longer knows has ended, in a way that it does not say. */
function remember({ seen }: WatchedFleet, now: readonly QueuedTask[]): void {
  const jobs = new Set(now.map(({ job }) => job));
  for (const [job, one] of seen) if (!jobs.has(job) && !hasEnded(one)) seen.delete(job);
  for (const one of now) seen.set(one.job, one);
}

/** Tasks of other engines are open until they say that they are done; that one of them was killed they cannot say. */
async function lookAtFolder({ folder, plan }: WatchedFleet): Promise<Look> {
  const { readTasks } = await loadPart(import('../fleet/read-fleet.ts'));
  const done = readTasks(folder).tasks.filter(({ exitCode }) => exitCode !== null).length;
  return { open: Math.max(0, plan.tasks - done), stuck: 0 };
}

/** Collects all that is known now. */
export async function standingOf(fleet: WatchedFleet): Promise<FleetStanding> {
  const { folder, plan, jobs, slurm } = fleet;
  const { readTasks } = await loadPart(import('../fleet/read-fleet.ts'));
  // Submitted by hand, and nobody has said as which job: only the folder tells.
  const isSlurm = jobs.length > 0;
  const unavailable = isSlurm ? await slurm.unavailableNodes() : [];
  const tasks = taskOutcomes({
    plan,
    tasks: readTasks(folder).tasks,
    queue: isSlurm ? await queueOf(fleet) : null,
    unavailable,
    hasReport: (index) => existsSync(taskReportPath(folder, index)),
  });
  const counted = TASK_STATES.map((state) => [state, tasks.filter((one) => one.state === state).length]);
  const nodes = new Set(tasks.map(({ node }) => node));
  return {
    schema: 'guestmark-fleet-standing',
    schemaVersion: FLEET_SCHEMA_VERSION,
    folder,
    plan,
    counts: Object.fromEntries(counted) as FleetStanding['counts'],
    tasks,
    // Where nodes were asked for by name, each of them has a task.
    nodesWithout: plan.nodes.length > 0 ? [] : unavailable.filter(({ node }) => !nodes.has(node)),
  };
}

/** What was seen of the queue, and of what Slurm has forgotten what its accounting knows. */
async function queueOf({ jobs, seen, slurm }: WatchedFleet): Promise<readonly QueuedTask[]> {
  const known = [...(await slurm.accounting(jobs))].filter(({ job }) => !seen.has(job));
  return [...known, ...seen.values()];
}
