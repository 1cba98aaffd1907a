// What Slurm is told of a fleet: the batch script of a task, and the commands that submit it. Text only: whatever was given by somebody
// is quoted or refused, so that it can neither end a line nor begin a command.
import { join } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { shellWord } from '../report/saved-line.ts';
import type { FleetPlan } from './fleet-folder.ts';

/** What is asked of Slurm besides the plan. */
export interface SlurmRequest {
  readonly partition: string | null;
  /** As sbatch takes it: `30`, `2:00:00`, `1-0`. */
  readonly time: string | null;
  readonly account: string | null;
  /** Without the name: `gpu:a100:2`. */
  readonly gres: string | null;
  readonly exclusive: boolean;
  /** Further options for sbatch, each whole: `--qos=low`. */
  readonly options: readonly string[];
  /** An Apptainer image; null where guestmark is on the nodes. */
  readonly container: string | null;
  /** The command that starts guestmark on a node. */
  readonly program: readonly string[];
}

/** Long enough for a sample, a save, and a slow file system. */
const WARNING_S = 60;

/**
 * The batch script. Each task is one of an array; it becomes guestmark itself, so that Slurm's signals reach it.
 *
 * @param folder The fleet's folder, absolute and on a file system of all nodes.
 * @param workingFolder Where relative paths of the run's arguments begin.
 * @throws GuestmarkError (usage) for what Slurm could not be told.
 */
export function slurmScript(
  plan: FleetPlan,
  request: SlurmRequest,
  folder: string,
  workingFolder: string,
): string {
  const options = batchOptions(plan, request, folder, workingFolder).map((option) => `#SBATCH ${option}`);
  return `${['#!/bin/bash', ...options, '', ...body(request, folder)].join('\n')}\n`;
}

function batchOptions(
  plan: FleetPlan,
  request: SlurmRequest,
  folder: string,
  workingFolder: string,
): readonly string[] {
  const { partition, time, account, gres, exclusive } = request;
  const named = { partition, time, account, gres };
  return [
    `--job-name=${option(`guestmark-${plan.name}`)}`,
    // Named nodes have an index each, by submit.sh.
    ...(plan.nodes.length > 0 ? [] : [`--array=0-${plan.tasks - 1}`]),
    '--nodes=1',
    '--ntasks=1',
    ...Object.entries(named).flatMap(([name, value]) =>
      value === null ? [] : [`--${name}=${option(value)}`],
    ),
    ...(exclusive ? ['--exclusive'] : []),
    '--requeue',
    '--open-mode=append',
    `--signal=B:TERM@${WARNING_S}`,
    `--chdir=${option(workingFolder)}`,
    `--output=${option(join(folder, 'logs').replaceAll('%', '%%'))}/task-%5a.log`,
    ...request.options.map(furtherOption),
  ];
}

function body({ container, program }: SlurmRequest, folder: string): readonly string[] {
  const task = [...program, 'fleet', 'task', folder].map(shellWord).join(' ');
  if (container === null) return [`exec ${task}`];
  return [
    '# Apptainer brings the libraries of the NVIDIA driver, and not always the file by which Vulkan finds them.',
    'set --',
    'for icd in /etc/vulkan/icd.d/nvidia_icd*.json /usr/share/vulkan/icd.d/nvidia_icd*.json; do',
    '  if [ -e "$icd" ]; then set -- "$@" --bind "$icd"; fi',
    'done',
    `exec apptainer exec --nv --bind ${shellWord(bindable(folder))} "$@" ${shellWord(container)} ${task}`,
  ];
}

/** The commands by which a fleet is submitted, as arguments of sbatch: one array, or for each named node one task of it. */
export function submissions(plan: FleetPlan, script: string): readonly (readonly string[])[] {
  if (plan.nodes.length === 0) return [[script]];
  return plan.nodes.map((node, index) => [`--array=${index}`, `--nodelist=${node}`, script]);
}

/** The same for a shell; keeps the numbers of the jobs where `guestmark fleet wait` looks for them. */
export function submitScript(plan: FleetPlan, script: string, jobsFile: string): string {
  const lines = submissions(plan, script).map(
    (args) => `sbatch --parsable ${args.map(shellWord).join(' ')} >> ${shellWord(jobsFile)}`,
  );
  return `${['#!/bin/sh', 'set -e', ...lines].join('\n')}\n`;
}

/** As sbatch reads a value in a script: quoted where it has blanks. It knows backslashes too, and file names give them a meaning of their own. */
function option(value: string): string {
  refuseControls(value);
  if (/^[\w@%+=:,./[\]-]+$/.test(value)) return value;
  if (/["\\]/.test(value)) throw cannotTell(value, 'it holds a quotation mark or backslash');
  return `"${value}"`;
}

function furtherOption(text: string): string {
  refuseControls(text);
  if (!/^--?[a-zA-Z]/.test(text)) throw cannotTell(text, 'it is no option, which begins with --');
  return text;
}

/** A colon or comma would part it. */
function bindable(folder: string): string {
  if (/[:,]/.test(folder)) throw cannotTell(folder, 'Apptainer takes no folder with a colon or comma');
  return folder;
}

function refuseControls(value: string): void {
  if (/\p{Cc}/u.test(value)) throw cannotTell(value, 'it holds a control character or line break');
}

function cannotTell(value: string, state: string): GuestmarkError {
  return new GuestmarkError('usage', `Cannot tell Slurm "${value}": ${state}`, {
    hint: 'choose another value or folder',
  });
}
