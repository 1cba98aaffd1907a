// `guestmark fleet task`: one task of a fleet, under any engine that gives it an index. Runs `guestmark run` as a child, which may
// crash or be killed for its memory, and says in the fleet's folder how that went; continues what an earlier attempt has left.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { constants, hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GuestmarkError } from '../base/errors.ts';
import { fileProblem } from '../base/file-problem.ts';
import { loadPart } from '../base/load-part.ts';
import { makeFolder } from '../base/make-folder.ts';
import {
  earlierReportPath,
  FLEET_SCHEMA_VERSION,
  type FleetPlan,
  type FleetTask,
  planPath,
  taskPath,
  taskReportPath,
} from '../fleet/fleet-folder.ts';
import { type TaskIdentity, taskIdentity } from '../fleet/task-identity.ts';
import { checkWritable, saveText } from '../report/write-report.ts';
import { EXIT } from './exit-codes.ts';
import { type GivenDevice, givenDevice } from './fleet-device.ts';
import { forwardSignals, type SignalForwarding } from './forward-signals.ts';
import type { Terminal } from './terminal.ts';

/** The options of the command. */
export interface FleetTaskOptions {
  readonly folder: string;
  /** Null for what the engine says. */
  readonly index: number | null;
  /** The plan's file; null for that of the folder. */
  readonly plan: string | null;
}

/**
 * Runs the command.
 *
 * @returns The exit code of `guestmark run`.
 * @throws GuestmarkError (usage) where there is no plan or no index, (output) where the folder cannot be written.
 */
export async function fleetTaskCommand(options: FleetTaskOptions, terminal: Terminal): Promise<number> {
  const folder = resolve(options.folder);
  const { readPlan, readTask } = await loadPart(import('../fleet/read-fleet.ts'));
  const identity = taskIdentity(process.env, options.index);
  const plan = readPlan(folder, options.plan === null ? undefined : resolve(options.plan));
  refuseBeyond(identity, plan);
  makeFolders(folder);
  if (options.plan !== null) keepPlan(folder, plan);
  const earlier = earlierTask(folder, identity.index, readTask);
  if (earlier !== null && isDone(folder, earlier)) {
    terminal.note(`guestmark: task ${earlier.index} is done already, on ${earlier.node}`);
    return earlier.exitCode;
  }
  const task = beginTask(identity, earlier?.attempt ?? 0);
  using signals = forwardSignals();
  saveTask(folder, task);
  terminal.note(
    `guestmark: task ${task.index} of fleet ${plan.name}, attempt ${task.attempt}, on ${task.node}`,
  );
  const args = argumentsFor(plan, await givenDevice(plan));
  if (isElsewhere(earlier, task)) keepEarlier(folder, task, terminal);
  const exitCode = await runTask(folder, task, args, signals, terminal);
  saveTask(folder, { ...task, finishedAt: new Date().toISOString(), exitCode });
  return exitCode;
}

function refuseBeyond({ index }: TaskIdentity, { tasks }: FleetPlan): void {
  if (index < tasks) return;
  throw new GuestmarkError(
    'usage',
    `Cannot start task ${index} of the fleet: its tasks are 0 to ${tasks - 1}`,
    { hint: 'plan a fleet of as many tasks as are started' },
  );
}

function makeFolders(folder: string): void {
  for (const name of ['tasks', 'reports']) {
    const path = join(folder, name);
    try {
      makeFolder(path);
    } catch (error) {
      throw fileProblem('to', path, error);
    }
  }
}

/** A plan that came by another way than the folder: whoever collects needs it there. */
function keepPlan(folder: string, plan: FleetPlan): void {
  if (!existsSync(planPath(folder))) saveText(planPath(folder), `${JSON.stringify(plan, null, 2)}\n`, 'plan');
}

/** What an earlier attempt says; null where there was none, or its file was cut or edited. */
function earlierTask(folder: string, index: number, readTask: (path: string) => FleetTask): FleetTask | null {
  const path = taskPath(folder, index);
  if (!existsSync(path)) return null;
  try {
    return readTask(path);
  } catch (error) {
    if (error instanceof GuestmarkError) return null;
    throw error;
  }
}

/** Its report is complete, whatever it says. */
function isDone(folder: string, task: FleetTask): task is FleetTask & { readonly exitCode: number } {
  const { exitCode, index } = task;
  return (exitCode === EXIT.ok || exitCode === EXIT.failed) && existsSync(taskReportPath(folder, index));
}

/** In pods the name of the host is that of the task, so that the run itself would not notice. */
function isElsewhere(earlier: FleetTask | null, task: FleetTask): boolean {
  return earlier !== null && earlier.node !== task.node;
}

function beginTask({ index, restarts, node, job, gpus }: TaskIdentity, before: number): FleetTask {
  return {
    schema: 'guestmark-fleet-task',
    schemaVersion: FLEET_SCHEMA_VERSION,
    index,
    attempt: Math.max(before, restarts) + 1,
    node: node ?? hostname(),
    hostname: hostname(),
    job,
    gpus,
    startedAt: new Date().toISOString(),
    finishedAt: null,
    exitCode: null,
  };
}

function saveTask(folder: string, task: FleetTask): void {
  const path = taskPath(folder, task.index);
  if (task.finishedAt === null) checkWritable(path, "task's file");
  saveText(path, `${JSON.stringify(task, null, 2)}\n`, "task's file");
}

/** The device last: where the plan names one, there is none. */
function argumentsFor({ runArguments }: FleetPlan, device: GivenDevice): readonly string[] {
  return [...device.arguments, ...runArguments];
}

/** Continues the report of an earlier attempt; one that cannot be continued here is kept, and a new one begun. */
async function runTask(
  folder: string,
  task: FleetTask,
  args: readonly string[],
  signals: SignalForwarding,
  terminal: Terminal,
): Promise<number> {
  const report = taskReportPath(folder, task.index);
  const line = ['run', ...args, '--out', report];
  if (!existsSync(report)) return runChild(line, signals);
  const exitCode = await runChild([...line, '--resume'], signals);
  if (exitCode !== EXIT.usage && exitCode !== EXIT.environment) return exitCode;
  keepEarlier(folder, task, terminal);
  return runChild(line, signals);
}

function keepEarlier(folder: string, { index, attempt }: FleetTask, terminal: Terminal): void {
  const report = taskReportPath(folder, index);
  if (!existsSync(report)) return;
  const kept = earlierReportPath(folder, index, attempt - 1);
  terminal.note(`guestmark: beginning anew: the report of the earlier attempt is kept as ${kept}`);
  makeFolder(join(folder, 'earlier'));
  renameSync(report, kept);
}

const CLI = fileURLToPath(new URL('../cli.js', import.meta.url));

function runChild(line: readonly string[], signals: SignalForwarding): Promise<number> {
  if (signals.interrupted) return Promise.resolve(EXIT.interrupted);
  const child = spawn(process.execPath, [...process.execArgv, CLI, ...line], { stdio: 'inherit' });
  signals.to(child.pid ?? null);
  return ended(child).finally(() => signals.to(null));
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('exit', (code, signal) => done(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
