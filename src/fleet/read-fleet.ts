// Reads a fleet's folder: the plan, and what its tasks say of themselves. Loads zod with the schema: imported dynamically. Knows no
// engine, and opens no report.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { shownText } from '../base/shown-text.ts';
import { checkFile } from '../report/check-file.ts';
import { FLEET_SCHEMA_VERSION, type FleetPlan, type FleetTask, planPath } from './fleet-folder.ts';
import { fleetPlanSchema, fleetTaskSchema } from './fleet-schema.ts';

/** What the tasks of a fleet say. */
export interface FleetTasks {
  /** In the order of their indices; those that never started are not among them. */
  readonly tasks: readonly FleetTask[];
  /** Files that cannot be read, each with the reason. */
  readonly refused: readonly { readonly path: string; readonly message: string }[];
}

/**
 * Reads the plan of a folder.
 *
 * @param path The plan's file where it is not in the folder.
 * @throws GuestmarkError (usage) where there is none, or it is none.
 */
export function readPlan(folder: string, path: string = planPath(folder)): FleetPlan {
  if (!existsSync(path)) {
    throw new GuestmarkError('usage', `Cannot read a fleet in "${shownText(folder)}": it holds no plan`, {
      hint: '`guestmark fleet plan`, `fleet slurm` and `fleet kubernetes` write one',
    });
  }
  return checkFile(parsed(path), path, {
    schema: 'guestmark-fleet-plan',
    version: FLEET_SCHEMA_VERSION,
    what: "fleet's plan",
    writer: 'guestmark fleet',
    shape: fleetPlanSchema,
  });
}

/** Reads what the tasks of a folder say; none has started where there is nothing. */
export function readTasks(folder: string): FleetTasks {
  const tasks: FleetTask[] = [];
  const refused: FleetTasks['refused'][number][] = [];
  for (const path of taskFiles(folder)) {
    try {
      tasks.push(readTask(path));
    } catch (error) {
      if (!(error instanceof GuestmarkError)) throw error;
      refused.push({ path, message: error.message });
    }
  }
  return { tasks: tasks.sort((a, b) => a.index - b.index), refused };
}

/**
 * Reads what one task says of itself.
 *
 * @throws GuestmarkError (usage) where the file is none.
 */
export function readTask(path: string): FleetTask {
  return checkFile(parsed(path), basename(path), {
    schema: 'guestmark-fleet-task',
    version: FLEET_SCHEMA_VERSION,
    what: "fleet's task",
    writer: 'guestmark fleet task',
    shape: fleetTaskSchema,
  });
}

function taskFiles(folder: string): readonly string[] {
  const tasks = join(folder, 'tasks');
  if (!existsSync(tasks)) return [];
  return readdirSync(tasks)
    .filter((name) => /^task-\d{5}\.json$/.test(name))
    .map((name) => join(tasks, name));
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const state = error instanceof SyntaxError ? 'it is no JSON' : (error as NodeJS.ErrnoException).code;
    throw new GuestmarkError('usage', `Cannot read "${shownText(path)}": ${state}`, { cause: error });
  }
}
