// The verb `guestmark fleet` and its verbs, with options and examples, as commander sees them. Those of Slurm and Kubernetes are in
// files of their own.
import type { Command } from 'commander';
import { loadPart } from '../base/load-part.ts';
import { addWaitOptions, type WaitFlags, waitOptions } from './fleet-wait-options.ts';
import { folderName, outFile, whole } from './option-values.ts';
import { addFleetKubernetes } from './program-fleet-kubernetes.ts';
import { addFleetSlurm } from './program-fleet-slurm.ts';
import type { ProgramContext } from './shared-options.ts';

/** `guestmark fleet`. */
export function addFleet(program: Command, context: ProgramContext): void {
  // What stands behind -- is for guestmark run.
  program.enablePositionalOptions();
  const fleet = program
    .command('fleet')
    .description('Run the same benchmarks on many machines: by Slurm, Kubernetes or a list for ssh')
    .addHelpText('after', FLEET_HELP);
  addPlan(fleet, context);
  addTask(fleet, context);
  addFleetSlurm(fleet, context);
  addFleetKubernetes(fleet, context);
  addWait(fleet, context);
  addStatus(fleet, context);
}

function addPlan(fleet: Command, context: ProgramContext): void {
  fleet
    .command('plan')
    .description('Write what every task runs, for an engine that sets an index')
    .usage('[options] <folder> -- [arguments of run...]')
    .argument('<folder>', "the fleet's folder, which all machines can write", folderName)
    .argument('[arguments...]', 'selectors and options of guestmark run')
    .requiredOption('--tasks <count>', 'how many tasks', whole('a number of tasks', 1))
    .option('--name <name>', "what to call the fleet (default: the folder's name)", outFile)
    .addHelpText('after', PLAN_HELP)
    .action(async (folder: string, runArguments: string[], flags: { tasks: number; name?: string }) => {
      const { fleetPlanCommand } = await loadPart(import('./fleet-plan.ts'));
      const plan = { engine: 'manual', unit: 'node', nodes: [], elsewhere: false } as const;
      const { tasks, name = null } = flags;
      context.finish(
        await fleetPlanCommand({ ...plan, folder, tasks, name, runArguments }, context.terminal),
      );
    });
}

function addTask(fleet: Command, context: ProgramContext): void {
  fleet
    .command('task')
    .description('Run one task of a fleet: what engines start on each machine')
    .argument('<folder>', "the fleet's folder", folderName)
    .option('--index <index>', 'which task, from 0 (default: what the engine says)', whole('an index', 0))
    .option('--plan <file>', 'the plan, where it is not in the folder', outFile)
    .addHelpText('after', TASK_HELP)
    .action(async (folder: string, flags: { index?: number; plan?: string }) => {
      const { fleetTaskCommand } = await loadPart(import('./fleet-task.ts'));
      const options = { folder, index: flags.index ?? null, plan: flags.plan ?? null };
      context.finish(await fleetTaskCommand(options, context.terminal));
    });
}

function addWait(fleet: Command, context: ProgramContext): void {
  const wait = fleet
    .command('wait')
    .description('Wait for a fleet, and say what became of every task')
    .argument('<folder>', "the fleet's folder", folderName)
    .option('--job <number>', 'a job of Slurm that was submitted by hand', jobNumber);
  addWaitOptions(wait)
    .addHelpText('after', WAIT_HELP)
    .action(async (folder: string, flags: WaitFlags & { job?: string }) => {
      const { fleetWaitCommand } = await loadPart(import('./fleet-wait.ts'));
      context.finish(await fleetWaitCommand(folder, flags.job ?? null, waitOptions(flags), context.terminal));
    });
}

function addStatus(fleet: Command, context: ProgramContext): void {
  fleet
    .command('status')
    .description('Say how every task of a fleet stands, without waiting')
    .argument('<folder>', "the fleet's folder", folderName)
    .option('--job <number>', 'a job of Slurm that was submitted by hand', jobNumber)
    .option('--json', 'print as JSON', false)
    .addHelpText('after', '\nExamples:\n  guestmark fleet status fleet1')
    .action(async (folder: string, flags: { job?: string; json: boolean }) => {
      const { fleetStatusCommand } = await loadPart(import('./fleet-wait.ts'));
      context.finish(await fleetStatusCommand(folder, flags.job ?? null, flags.json, context.terminal));
    });
}

function jobNumber(text: string): string {
  return String(whole('the number of a job', 1)(text));
}

const FLEET_HELP = `
A fleet has a folder: its plan, what every task says of itself, and a report for
each task. \`guestmark merge\` makes one result of them: docs/fleet.md.

Examples:
  guestmark fleet slurm fleet1 --nodes 'n[001-500]' --submit -- --suite quick
  guestmark fleet kubernetes fleet1 --image guestmark:0.1.0 --count 8 \\
      --claim results -- copy
  guestmark fleet plan fleet1 --tasks 12 -- --suite quick
  guestmark fleet status fleet1
  guestmark merge fleet1`;

const PLAN_HELP = `
Every task runs the same arguments, the seed included. The tasks are started by
whatever you have, each with its index.

Examples:
  guestmark fleet plan fleet1 --tasks 12 -- --suite quick --runs 5
  parallel --jobs 1 --sshloginfile hosts --workdir . \\
      guestmark fleet task fleet1 --index {} ::: $(seq 0 11)
  pdsh -R exec -w ^hosts ssh %h "cd $PWD && guestmark fleet task fleet1 \\
      --index %n"`;

const TASK_HELP = `
The index is --index, or SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or GNU
parallel's PARALLEL_SEQ. A report that an earlier attempt of the task has begun
is continued; where that cannot be, as on another machine, it is kept below
earlier/ and a new one is begun. Exit code: that of guestmark run.

Examples:
  guestmark fleet task fleet1 --index 3`;

const WAIT_HELP = `
Exit codes: 0 every task is ok, 1 one failed, was killed or is missing, else the
worst of the tasks' own. Ctrl-C ends the waiting and not the fleet.

Examples:
  guestmark fleet wait fleet1
  guestmark fleet wait fleet1 --wait-limit 2h --cancel-stuck
  guestmark fleet wait fleet1 --json | jq '.tasks[] | select(.state != "ok")'`;
