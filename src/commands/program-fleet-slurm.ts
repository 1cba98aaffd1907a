// The verb `guestmark fleet slurm` with its options and examples, as commander sees it; what it does is in fleet-slurm.ts.
import type { Command } from 'commander';
import { GuestmarkError } from '../base/errors.ts';
import { loadPart } from '../base/load-part.ts';
import type { FleetSlurmRequest } from './fleet-slurm.ts';
import { addWaitOptions, type WaitFlags, waitOptions } from './fleet-wait-options.ts';
import { folderName, outFile, whole } from './option-values.ts';
import type { ProgramContext } from './shared-options.ts';

interface SlurmFlags extends WaitFlags {
  name?: string;
  count?: number;
  nodes?: string;
  gpusPerTask?: number;
  gres?: string;
  partition?: string;
  time?: string;
  account?: string;
  exclusive: boolean;
  sbatchOption?: readonly string[];
  container?: string;
  program?: string;
  submit: boolean;
}

/** `guestmark fleet slurm`. */
export function addFleetSlurm(fleet: Command, context: ProgramContext): void {
  const slurm = fleet
    .command('slurm')
    .description('Run a fleet as an array of Slurm, one task per node or GPU')
    .usage('[options] <folder> -- [arguments of run...]')
    .argument('<folder>', "the fleet's folder, on a file system of all nodes", folderName)
    .argument('[arguments...]', 'selectors and options of guestmark run')
    .option('--count <count>', 'how many tasks; Slurm chooses where', whole('a number of tasks', 1))
    .option('--nodes <list>', 'one task on each of them: n1,n2, n[1-500], or all (of the partition)', outFile)
    .option('--name <name>', "what to call the fleet (default: the folder's name)", outFile);
  addResources(slurm)
    .option('--container <image>', 'an Apptainer image that holds guestmark', outFile)
    .option('--program <path>', 'guestmark on the nodes (default: this one, at the same place)', outFile)
    .option('--submit', 'submit it, and wait for it', false);
  addWaitOptions(slurm)
    .addHelpText('after', SLURM_HELP)
    .action(async (folder: string, runArguments: string[], flags: SlurmFlags) => {
      const { fleetSlurmCommand } = await loadPart(import('./fleet-slurm.ts'));
      context.finish(await fleetSlurmCommand(requestOf(folder, runArguments, flags), context.terminal));
    });
}

function addResources(slurm: Command): Command {
  return slurm
    .option('--gpus-per-task <count>', 'GPUs of a task, which shares its node', whole('a number of GPUs', 1))
    .option('--gres <what>', 'the same as Slurm has it: gpu:a100:1', outFile)
    .option('--exclusive', 'a task has its node to itself (so by default without GPUs)', false)
    .option('--partition <name>', 'of Slurm', outFile)
    .option('--time <limit>', 'most time of a task, as Slurm has it: 30, 2:00:00', outFile)
    .option('--account <name>', 'of Slurm', outFile)
    .option(
      '--sbatch-option <text>',
      'a further option for sbatch: --sbatch-option=--qos=low (repeatable)',
      (text: string, options: readonly string[] = []) => [...options, text],
    );
}

function requestOf(folder: string, runArguments: readonly string[], flags: SlurmFlags): FleetSlurmRequest {
  const gres = gresOf(flags);
  const { partition = null, time = null, account = null, container = null } = flags;
  return {
    folder,
    runArguments,
    name: flags.name ?? null,
    where: whereOf(flags),
    unit: gres === null ? 'node' : 'gpu',
    slurm: {
      ...{ partition, time, account, gres, container },
      exclusive: flags.exclusive || gres === null,
      options: flags.sbatchOption ?? [],
    },
    program: flags.program ?? null,
    submit: flags.submit,
    wait: waitOptions(flags),
  };
}

function gresOf({ gres, gpusPerTask }: SlurmFlags): string | null {
  if (gres !== undefined && gpusPerTask !== undefined)
    throw new GuestmarkError('usage', 'Cannot plan a fleet: --gres and --gpus-per-task say the same', {
      hint: 'give one of them',
    });
  return gres ?? (gpusPerTask === undefined ? null : `gpu:${gpusPerTask}`);
}

function whereOf({ count, nodes }: SlurmFlags): FleetSlurmRequest['where'] {
  if (nodes !== undefined && count === undefined) return { nodes };
  if (count !== undefined && nodes === undefined) return { count };
  throw new GuestmarkError('usage', 'Cannot plan a fleet: it is not said where its tasks run', {
    hint: 'give either --nodes or --count',
  });
}

const SLURM_HELP = `
Writes fleet.json, job.sbatch and submit.sh into the folder. With --nodes every
node gets a task of its own, submitted alone, so that a node that is drained
holds up no other; with --count Slurm chooses, and a fast node may get two.
A task that is preempted or requeued goes on where it was stopped.

--submit waits: Ctrl-C ends the waiting and not the fleet. Tasks that cannot
start, because their node is drained, are named after --stuck-limit and stay in
the queue, unless --cancel-stuck takes them out. Exit codes: 0 every task is ok,
1 one failed, was killed or is missing, else the worst of the tasks' own.

Examples:
  guestmark fleet slurm f1 --nodes 'n[001-500]' --time 30 --submit -- --runs 5
  guestmark fleet slurm f1 --nodes all --partition gpu -- --suite standard
  guestmark fleet slurm f1 --count 16 --gpus-per-task 1 -- copy 'sgemm*'
  guestmark fleet slurm f1 --count 4 --container guestmark.sif -- copy`;
