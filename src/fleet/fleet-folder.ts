// What a fleet's folder holds, as plain data, and where it is: the plan, what every task says of itself, its report. Written by
// `guestmark fleet`, read by it and by `guestmark merge`. Types and names only; knows no engine and reads no file.
//
//   DIR/fleet.json                the plan
//   DIR/tasks/task-00003.json     what task 3 says of itself
//   DIR/reports/task-00003.json   its report, by `guestmark run`
//   DIR/earlier/…                 reports of earlier attempts that could not be continued
import { join } from 'node:path';

/** Major changes when old readers would misread it, minor when fields are added. */
export const FLEET_SCHEMA_VERSION = '1.0';

/** Of a plan: five digits in the names of files. */
export const MOST_TASKS = 100_000;

/** What starts the tasks; `manual`: anything that sets an index, such as GNU parallel or pdsh over ssh. */
type FleetEngine = 'slurm' | 'kubernetes' | 'manual';

/** What was planned. Every task runs the same arguments, the seed included, so that its cases have the same order and data. */
export interface FleetPlan {
  readonly schema: 'guestmark-fleet-plan';
  readonly schemaVersion: string;
  readonly tool: { readonly name: string; readonly version: string; readonly node: string };
  readonly engine: FleetEngine;
  readonly name: string;
  /** In UTC, as ISO 8601 has it. */
  readonly createdAt: string;
  /** Tasks have the indices 0 to `tasks` - 1. */
  readonly tasks: number;
  /** What a task has to itself. */
  readonly unit: 'node' | 'gpu';
  /** Nodes that were asked for by name; empty where the engine chooses. */
  readonly nodes: readonly string[];
  /** Arguments of `guestmark run`, without --out. */
  readonly runArguments: readonly string[];
}

/** What a task says of itself. One that was started again says it anew. */
export interface FleetTask {
  readonly schema: 'guestmark-fleet-task';
  readonly schemaVersion: string;
  readonly index: number;
  /** 1 for the first start; a requeued or retried task has more. */
  readonly attempt: number;
  /** As the engine calls the machine, which in a container is not its host name. */
  readonly node: string;
  readonly hostname: string;
  /** Job and task as the engine calls them; null where it has none. */
  readonly job: string | null;
  /** GPUs that the engine gave it, as the engine says; null where it says nothing. */
  readonly gpus: string | null;
  readonly startedAt: string;
  /** Null while it runs, and for ever where it was killed. */
  readonly finishedAt: string | null;
  /** Of `guestmark run`; null as `finishedAt`. */
  readonly exitCode: number | null;
}

/** The plan of a folder. */
export function planPath(folder: string): string {
  return join(folder, 'fleet.json');
}

/** What a task says of itself. */
export function taskPath(folder: string, index: number): string {
  return join(folder, 'tasks', taskFile(index));
}

/** The report of a task. */
export function taskReportPath(folder: string, index: number): string {
  return join(folder, 'reports', taskFile(index));
}

function taskFile(index: number): string {
  return `task-${String(index).padStart(5, '0')}.json`;
}

/** Where the report of an attempt goes that could not be continued: no report of the fleet any more. */
export function earlierReportPath(folder: string, index: number, attempt: number): string {
  return join(folder, 'earlier', taskFile(index).replace(/\.json$/, `.attempt-${attempt}.json`));
}
