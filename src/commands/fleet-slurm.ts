// `guestmark fleet slurm`: a fleet as an array of Slurm. Writes the plan, the script and the commands that submit it; with --submit does
// that and waits.
import { appendFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeError, GuestmarkError } from '../base/errors.ts';
import { fileProblem } from '../base/file-problem.ts';
import { makeFolder } from '../base/make-folder.ts';
import { type FleetPlan, planPath } from '../fleet/fleet-folder.ts';
import { slurmClient } from '../fleet/slurm-client.ts';
import { type SlurmRequest, slurmScript, submissions, submitScript } from '../fleet/slurm-script.ts';
import { shellWord } from '../report/saved-line.ts';
import { saveText } from '../report/write-report.ts';
import { runCommand } from '../setup/run-command.ts';
import { EXIT } from './exit-codes.ts';
import { checkedPlan, savePlan } from './fleet-plan.ts';
import { jobsPath, watchFleet } from './fleet-standing.ts';
import { type WaitOptions, waitForFleet } from './fleet-wait.ts';
import type { Terminal } from './terminal.ts';

/** The options of the command, checked one by one. */
export interface FleetSlurmRequest {
  readonly folder: string;
  readonly name: string | null;
  /** How many tasks, wherever Slurm puts them; or one on each of these nodes, as Slurm writes lists, or `all`. */
  readonly where: { readonly count: number } | { readonly nodes: string };
  /** Null where a task has a whole node. */
  readonly unit: FleetPlan['unit'];
  readonly slurm: Omit<SlurmRequest, 'program'>;
  /** The command that starts guestmark on a node; null for this one, at this place. */
  readonly program: string | null;
  readonly submit: boolean;
  readonly wait: WaitOptions;
  readonly runArguments: readonly string[];
}

/**
 * Runs the command.
 *
 * @throws GuestmarkError (usage) for what cannot be planned or told, (environment) where Slurm refuses or is not there.
 */
export async function fleetSlurmCommand(request: FleetSlurmRequest, terminal: Terminal): Promise<number> {
  const folder = resolve(request.folder);
  const client = slurmClient(runCommand);
  const { where, slurm, unit, name, runArguments } = request;
  const nodes = 'count' in where ? [] : await namesOf(where.nodes, slurm.partition, client);
  const plan = await checkedPlan({
    engine: 'slurm',
    tasks: 'count' in where ? where.count : nodes.length,
    elsewhere: slurm.container !== null,
    ...{ folder, name, unit, nodes, runArguments },
  });
  const program = programOf(request);
  const text = slurmScript(plan, { ...slurm, program }, folder, process.cwd());
  savePlan(folder, plan);
  const script = writeScripts(folder, plan, text);
  const written = `Plan: ${planPath(folder)} (${plan.tasks} tasks)\nScript: ${script}`;
  if (!request.submit) {
    const [word, submit] = [folder, join(folder, 'submit.sh')].map(shellWord);
    terminal.print(`${written}\nNext: sh ${submit} && guestmark fleet wait ${word}`);
    return EXIT.ok;
  }
  terminal.note(written);
  await submitAll(folder, submissions(plan, script), client, terminal);
  const fleet = await watchFleet(folder, null, client);
  terminal.note(`guestmark: submitted as job ${fleet.jobs.join(', ')}`);
  return waitForFleet(fleet, request.wait, terminal);
}

/** Only a list in brackets needs Slurm to be understood. */
function namesOf(
  list: string,
  partition: string | null,
  client: ReturnType<typeof slurmClient>,
): Promise<readonly string[]> | readonly string[] {
  if (list === 'all' || list.includes('[')) return client.nodeNames(list, partition);
  return [...new Set(list.split(',').map((name) => name.trim()))].filter((name) => name !== '');
}

/** In an image it is on PATH; else this one, by this Node, which is the same on all nodes where the file system is. */
function programOf({ program, slurm }: FleetSlurmRequest): readonly string[] {
  if (program !== null) return [program];
  if (slurm.container !== null) return ['guestmark'];
  return [process.execPath, fileURLToPath(new URL('../cli.js', import.meta.url))];
}

function writeScripts(folder: string, plan: FleetPlan, text: string): string {
  const script = join(folder, 'job.sbatch');
  const logs = join(folder, 'logs');
  try {
    makeFolder(logs);
  } catch (error) {
    throw fileProblem('to', logs, error);
  }
  saveText(script, text, 'script');
  saveText(join(folder, 'submit.sh'), submitScript(plan, script, jobsPath(folder)), 'script');
  return script;
}

/** A node that Slurm does not take is told of, and the others are submitted; where it takes not even the first, something else is wrong. */
async function submitAll(
  folder: string,
  all: ReturnType<typeof submissions>,
  client: ReturnType<typeof slurmClient>,
  terminal: Terminal,
): Promise<void> {
  for (const [index, args] of all.entries()) {
    try {
      keepJob(folder, await client.submit(args));
    } catch (error) {
      if (index === 0 || !(error instanceof GuestmarkError) || error.code !== 'environment') throw error;
      terminal.note(`guestmark: task ${index}: ${describeError(error)}`);
    }
  }
}

/** At once: what was submitted must not be lost by what fails later. */
function keepJob(folder: string, job: string): void {
  try {
    appendFileSync(jobsPath(folder), `${job}\n`);
  } catch (error) {
    throw fileProblem('the number of the job to', jobsPath(folder), error);
  }
}
