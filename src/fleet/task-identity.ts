// Which task of a fleet this process is, as the engine that started it says in its environment. Pure; knows no folder.
import { GuestmarkError } from '../base/errors.ts';

/** What an engine says to a task. */
export interface TaskIdentity {
  readonly index: number;
  /** How often the engine has started it before. */
  readonly restarts: number;
  /** Null where no engine names the machine: it is the host name then. */
  readonly node: string | null;
  readonly job: string | null;
  readonly gpus: string | null;
}

/** Where engines say the index, in the order in which they are asked, and what their first index is. */
const INDEX_VARIABLES = [
  { name: 'SLURM_ARRAY_TASK_ID', first: 0 },
  { name: 'JOB_COMPLETION_INDEX', first: 0 },
  { name: 'PARALLEL_SEQ', first: 1 },
] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the environment says.
 *
 * @param given The index where it was given by an option, which counts before all else.
 * @throws GuestmarkError (usage) where nothing says an index.
 */
export function taskIdentity(env: Environment, given: number | null): TaskIdentity {
  return {
    index: given ?? indexOf(env),
    restarts: wholeNumber(env.SLURM_RESTART_COUNT) ?? 0,
    node: env.SLURMD_NODENAME || env.NODE_NAME || null,
    job: jobOf(env),
    gpus: env.SLURM_JOB_GPUS || env.SLURM_STEP_GPUS || env.NVIDIA_VISIBLE_DEVICES || null,
  };
}

function indexOf(env: Environment): number {
  for (const { name, first } of INDEX_VARIABLES) {
    const text = env[name];
    if (text === undefined || text === '') continue;
    const number = wholeNumber(text);
    if (number !== null && number >= first) return number - first;
    throw new GuestmarkError('usage', `Cannot start a task of the fleet: ${name} is "${text}" and no index`);
  }
  const names = INDEX_VARIABLES.map(({ name }) => name).join(', ');
  throw new GuestmarkError('usage', `Cannot start a task of the fleet: nothing says which one`, {
    hint: `give --index, or one of ${names}`,
  });
}

/** `1234_5` as Slurm writes it; elsewhere the name of the machine in its engine, which for Kubernetes is the pod. */
function jobOf(env: Environment): string | null {
  const { SLURM_ARRAY_JOB_ID: array, SLURM_ARRAY_TASK_ID: task, SLURM_JOB_ID: job, POD_NAME: pod } = env;
  if (array && task) return `${array}_${task}`;
  return job || pod || null;
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
