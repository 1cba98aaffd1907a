// Which files a merge is of, and which node each is from: a fleet's folder is read by its plan, all else as it is found. Opens no
// report. Loads zod with the plan's schema, where there is a plan.
import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { loadPart } from '../base/load-part.ts';
import type { RefusedFile } from '../evidence/evidence.ts';
import { findReportFiles } from '../evidence/find-report-files.ts';
import { type FleetPlan, type FleetTask, planPath, taskReportPath } from '../fleet/fleet-folder.ts';

/** A report file. */
export interface SourceFile {
  readonly path: string;
  /** The index of the task that wrote it; null where no plan has one. */
  readonly task: number | null;
}

/** What was found. */
export interface FleetSources {
  readonly plan: FleetPlan | null;
  /** By index; those that never started are not among them. */
  readonly tasks: ReadonlyMap<number, FleetTask>;
  readonly files: readonly SourceFile[];
  readonly refused: readonly RefusedFile[];
}

/**
 * Finds what is to be merged.
 *
 * @throws GuestmarkError (usage) where a plan cannot be read, or there are two.
 */
export async function findSources(paths: readonly string[]): Promise<FleetSources> {
  const folders = paths.filter(isFleetFolder);
  if (folders.length > 1) {
    throw new GuestmarkError('usage', `Cannot merge ${folders.length} fleets: each has a plan of its own`, {
      hint: 'merge them one by one, or give their folders reports/ to merge them without their plans',
    });
  }
  const [folder] = folders;
  const others = findReportFiles(paths.filter((path) => path !== folder));
  const otherFiles = others.files.map((path) => ({ path, task: null }));
  if (folder === undefined) {
    return { plan: null, tasks: new Map(), files: otherFiles, refused: others.refused };
  }
  const fleet = await fleetFolder(folder);
  return {
    ...fleet,
    files: [...fleet.files, ...otherFiles],
    refused: [...fleet.refused, ...others.refused],
  };
}

function isFleetFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true && existsSync(planPath(path));
}

async function fleetFolder(folder: string): Promise<FleetSources> {
  const { readPlan, readTasks } = await loadPart(import('../fleet/read-fleet.ts'));
  const plan = readPlan(folder);
  const { tasks, refused } = readTasks(folder);
  const reports = join(folder, 'reports');
  const found = existsSync(reports) ? findReportFiles([reports]).files : [];
  return {
    plan,
    tasks: new Map(tasks.map((task) => [task.index, task])),
    files: found.map((path) => ({ path, task: taskOf(path, folder, plan) })),
    refused,
  };
}

/** By the name of the file; a file that is called otherwise is of no task. */
function taskOf(path: string, folder: string, { tasks }: FleetPlan): number | null {
  const digits = /^task-(\d{5,})\.json$/.exec(basename(path))?.[1];
  const index = Number(digits ?? Number.NaN);
  return index < tasks && path === taskReportPath(folder, index) ? index : null;
}
