// Slurm's commands, as a fleet uses them. Starts them by the function that it is given; draws no conclusions.
import { type Available, available, unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { shownText } from '../base/shown-text.ts';
import {
  NODE_FORMAT,
  parseAccounting,
  parseJobs,
  parseNodes,
  parseQueue,
  QUEUE_FORMAT,
  type QueuedTask,
  type UnavailableNode,
} from './slurm-queue.ts';

/** Runs a program to its end; one that cannot be started ends with the code of the error. */
export type RunProgram = (
  file: string,
  args: readonly string[],
  options: { readonly timeoutMs: number },
) => Promise<{ readonly exit: number | string; readonly stdout: string; readonly stderr: string }>;

/** Asks Slurm. */
export interface SlurmClient {
  /**
   * Submits, and gives the number of the job.
   *
   * @throws GuestmarkError (environment) with what sbatch said.
   */
  submit(args: readonly string[]): Promise<string>;
  /** Tasks of jobs that Slurm still knows; it forgets them some minutes after their end. */
  queue(jobs: readonly string[]): Promise<Available<readonly QueuedTask[]>>;
  /** Nodes that take no jobs; empty where Slurm does not say. */
  unavailableNodes(): Promise<readonly UnavailableNode[]>;
  /** What the accounting knows; empty where there is none. */
  accounting(jobs: readonly string[]): Promise<readonly QueuedTask[]>;
  /** The names of a list such as `n[1-4],n7`, or of all nodes of a partition. */
  nodeNames(list: string, partition: string | null): Promise<readonly string[]>;
  cancel(jobs: readonly string[]): Promise<void>;
}

/** A controller that is busy answers late. */
const ANSWER_MS = 60_000;

/** Slurm on this machine. */
export function slurmClient(run: RunProgram): SlurmClient {
  const ask = (file: string, ...args: readonly string[]): ReturnType<RunProgram> =>
    run(file, args, { timeoutMs: ANSWER_MS });
  return {
    submit: async (args) => submitted(await ask('sbatch', '--parsable', ...args)),
    queue: async (jobs) => {
      const all = ['--noheader', '--array', '--states=all', `--jobs=${jobs.join(',')}`];
      const { exit, stdout, stderr } = await ask('squeue', ...all, `--format=${QUEUE_FORMAT}`);
      if (exit === 0) return available(parseQueue(stdout));
      // All of them ended so long ago that Slurm has forgotten them.
      return /Invalid job id/i.test(stderr) ? available([]) : unavailable(lastWords('squeue', exit, stderr));
    },
    unavailableNodes: async () => {
      const { exit, stdout } = await ask('sinfo', '--noheader', '-N', `--format=${NODE_FORMAT}`);
      return exit === 0 ? parseNodes(stdout) : [];
    },
    accounting: async (jobs) => {
      const plain = [
        '--parsable2',
        '--noheader',
        '--allocations',
        '--array',
        '--format=JobID,State,NodeList',
      ];
      const { exit, stdout } = await ask('sacct', ...plain, `--jobs=${jobs.join(',')}`);
      return exit === 0 ? parseAccounting(stdout) : [];
    },
    nodeNames: async (list, partition) => {
      const of = partition === null ? [] : [`--partition=${partition}`];
      const asked = list === 'all' ? ['sinfo', '--noheader', '-N', '--format=%N', ...of] : hostnames(list);
      const [file = '', ...args] = asked;
      const { exit, stdout, stderr } = await ask(file, ...args);
      const names = [...new Set(stdout.split('\n').filter((name) => name.trim() !== ''))];
      if (exit === 0 && names.length > 0) return names.map((name) => name.trim());
      throw refused(`Cannot find the nodes "${list}"`, file, exit, stderr);
    },
    cancel: async (jobs) => void (await ask('scancel', ...jobs)),
  };
}

function hostnames(list: string): readonly string[] {
  return ['scontrol', 'show', 'hostnames', list];
}

type Ended = Awaited<ReturnType<RunProgram>>;

function submitted({ exit, stdout, stderr }: Ended): string {
  const [job] = parseJobs(stdout);
  if (exit === 0 && job !== undefined) return job;
  throw refused('Cannot submit the fleet', 'sbatch', exit, stderr);
}

function refused(what: string, file: string, exit: Ended['exit'], stderr: string): GuestmarkError {
  const hint =
    exit === 'ENOENT'
      ? 'do it on a machine from which jobs are submitted, or leave out --submit'
      : 'look at the options for Slurm';
  return new GuestmarkError('environment', `${what}: ${lastWords(file, exit, stderr)}`, { hint });
}

/** `sbatch says: Batch job submission failed: Invalid partition name specified`. */
function lastWords(file: string, exit: Ended['exit'], stderr: string): string {
  if (exit === 'ENOENT') return `there is no ${file} on this machine`;
  const said = stderr.trim().split('\n').slice(-2).join('; ').replaceAll(`${file}: `, '');
  return said === '' ? `${file} ended with ${exit}` : `${file} says: ${shownText(said, 300)}`;
}
