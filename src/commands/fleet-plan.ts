// `guestmark fleet plan`: what every task of a fleet shall run, checked here and now, because 500 nodes that fail by a typo are found
// out too late. The other verbs of fleets begin with the same plan.
import { readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { CommanderError } from 'commander';
import { GuestmarkError } from '../base/errors.ts';
import { fileProblem } from '../base/file-problem.ts';
import { makeFolder } from '../base/make-folder.ts';
import { isTarget } from '../definition/targets.ts';
import { FLEET_SCHEMA_VERSION, type FleetPlan, MOST_TASKS, planPath } from '../fleet/fleet-folder.ts';
import { shellWord } from '../report/saved-line.ts';
import { saveText } from '../report/write-report.ts';
import { planCases } from '../suite/plan.ts';
import { chooseBenchmarks } from './choose-benchmarks.ts';
import { EXIT } from './exit-codes.ts';
import { parseRunWords, type RunLine } from './run-line.ts';
import { runOptions } from './run-options.ts';
import type { Terminal } from './terminal.ts';
import { toolRecord } from './tool-record.ts';
import { usageReason } from './usage-message.ts';

/** What is planned. */
export interface PlanRequest extends Pick<FleetPlan, 'engine' | 'tasks' | 'unit' | 'nodes' | 'runArguments'> {
  readonly folder: string;
  /** Null for the folder's name. */
  readonly name: string | null;
  /** Shaders and modules are not where this is typed, but in an image. */
  readonly elsewhere: boolean;
}

/** `guestmark fleet plan`. */
export async function fleetPlanCommand(request: PlanRequest, terminal: Terminal): Promise<number> {
  const plan = await checkedPlan(request);
  savePlan(request.folder, plan);
  const folder = resolve(request.folder);
  terminal.print(
    [
      `Plan: ${planPath(folder)} (${plan.tasks} tasks of guestmark run ${plan.runArguments.map(shellWord).join(' ')})`,
      `Next: guestmark fleet task ${shellWord(folder)} --index 0 on the first machine, and so on`,
    ].join('\n'),
  );
  return EXIT.ok;
}

/**
 * The plan that a request leads to. Writes nothing.
 *
 * @throws GuestmarkError (usage) where the folder holds a fleet already, or the arguments cannot be run.
 */
export async function checkedPlan(request: PlanRequest): Promise<FleetPlan> {
  const { engine, tasks, unit, nodes, runArguments, folder } = request;
  if (tasks > MOST_TASKS) {
    throw new GuestmarkError('usage', `Cannot plan a fleet of ${tasks} tasks: the limit is ${MOST_TASKS}`, {
      hint: 'make several fleets; `guestmark merge` takes their folders reports/ together',
    });
  }
  refuseBegun(folder);
  await checkRunArguments(runArguments, request.elsewhere);
  return {
    schema: 'guestmark-fleet-plan',
    schemaVersion: FLEET_SCHEMA_VERSION,
    tool: toolRecord(),
    engine,
    name: request.name ?? basename(resolve(folder)),
    createdAt: new Date().toISOString(),
    ...{ tasks, unit, nodes, runArguments },
  };
}

/** A plan of which nothing was started may be made anew. */
function refuseBegun(folder: string): void {
  const begun = ['jobs', 'tasks'].find((name) => isFilled(join(folder, name)));
  if (begun === undefined) return;
  throw new GuestmarkError('usage', `Cannot plan a fleet in "${folder}": it holds one that was started`, {
    hint: 'choose another folder; docs/fleet.md says how its tasks are started again',
  });
}

function isFilled(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && (stats.isDirectory() ? readdirSync(path).length > 0 : stats.size > 0);
}

/** Writes a checked plan into its folder, which is made where it is not there. */
export function savePlan(folder: string, plan: FleetPlan): void {
  for (const path of [folder, join(folder, 'tasks'), join(folder, 'reports')]) {
    try {
      makeFolder(path);
    } catch (error) {
      throw fileProblem('to', path, error);
    }
  }
  saveText(planPath(folder), `${JSON.stringify(plan, null, 2)}\n`, 'plan');
}

async function checkRunArguments(words: readonly string[], elsewhere: boolean): Promise<void> {
  const line = parsedLine(words);
  const taken = (['out', 'resume', 'json'] as const).find((flag) => line.flags[flag]);
  if (taken !== undefined) {
    throw new GuestmarkError('usage', `Cannot plan a fleet: --${taken} is given for guestmark run`, {
      hint: 'leave it out: every task has a report of its own, and continues it where it can',
    });
  }
  const options = runOptions(line.selectors, line.flags, ['run', ...words]);
  const hasFiles = line.selectors.some(isTarget) || options.modules.length > 0;
  // Shaders would be compiled for the device of this machine, which is not the one that is measured.
  if (elsewhere || hasFiles) return;
  const chosen = await chooseBenchmarks({ ...options, words: options.selectors });
  planCases(chosen.benchmarks, { ...options, selectors: chosen.selectors });
}

function parsedLine(words: readonly string[]): RunLine {
  try {
    return parseRunWords(words);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const reason =
      error.code === 'commander.helpDisplayed' ? '--help runs nothing' : usageReason(error.message);
    throw new GuestmarkError('usage', `Cannot plan a fleet: guestmark run would say: ${reason}`, {
      hint: '`guestmark run --help` lists what may stand behind --',
      cause: error,
    });
  }
}
