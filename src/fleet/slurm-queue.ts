// What Slurm says of jobs and nodes, parsed. Pure; asks nobody.

/** One task of an array, as the queue has it. */
export interface QueuedTask {
  /** `1234_5`. */
  readonly job: string;
  readonly index: number;
  /** In Slurm's long form: PENDING, RUNNING, NODE_FAIL. */
  readonly state: string;
  /** Why it waits or ended; null where Slurm gives none. */
  readonly reason: string | null;
  /** Where it runs or ran; null before. */
  readonly nodes: string | null;
}

/** A node that takes no jobs. */
export interface UnavailableNode {
  readonly node: string;
  /** `drained`, `down*`. */
  readonly state: string;
  /** What the operator said; null where nothing. */
  readonly reason: string | null;
}

/** Of `squeue --noheader --array --states=all`, for {@link parseQueue}. */
export const QUEUE_FORMAT = '%F|%K|%T|%N|%r';
/** Of `sinfo --noheader -N`, for {@link parseNodes}. */
export const NODE_FORMAT = '%N|%T|%E';

/** Slurm's states of which nothing comes any more. All others are on their way, also those that are put into the queue again. */
const ENDED: ReadonlySet<string> = new Set([
  'BOOT_FAIL',
  'CANCELLED',
  'COMPLETED',
  'DEADLINE',
  'FAILED',
  'NODE_FAIL',
  'OUT_OF_MEMORY',
  'PREEMPTED',
  'REVOKED',
  'TIMEOUT',
]);

/** Whether nothing comes of the task any more. */
export function hasEnded({ state }: QueuedTask): boolean {
  return ENDED.has(state);
}

/** Reasons to wait that do not pass by themselves: an operator has to do something. */
const STUCK =
  /NodeNotAvail|UnavailableNodes|DOWN|DRAIN|^PartitionDown|^PartitionInactive|Held|held|^BadConstraints|NeverSatisfied|^Invalid/;

/** Whether the task waits for what does not come by itself. */
export function isStuck({ state, reason }: QueuedTask): boolean {
  if (state === 'REQUEUE_HOLD' || state === 'SPECIAL_EXIT') return true;
  return state === 'PENDING' && reason !== null && STUCK.test(reason);
}

/** Parses lines of {@link QUEUE_FORMAT}; what is no task of an array is left out. */
export function parseQueue(text: string): readonly QueuedTask[] {
  return linesOf(text).flatMap((line) => {
    const [array = '', task = '', state = '', nodes = '', ...reason] = line.split('|');
    if (!/^\d+$/.test(task) || state === '') return [];
    return [
      {
        job: `${array}_${task}`,
        index: Number(task),
        state,
        reason: said(reason.join('|')),
        nodes: said(nodes),
      },
    ];
  });
}

/** Parses lines of {@link NODE_FORMAT}: nodes that take no jobs, each once. */
export function parseNodes(text: string): readonly UnavailableNode[] {
  const found = new Map<string, UnavailableNode>();
  for (const line of linesOf(text)) {
    const [node = '', state = '', ...reason] = line.split('|');
    if (/^(drain|down|fail|maint|unk|no_respond|inval)/.test(state) || /[*$]$/.test(state))
      found.set(node, { node, state, reason: said(reason.join('|')) });
  }
  return [...found.values()];
}

/** Parses `sacct --parsable2 --noheader --format=JobID,State,NodeList` of arrays. */
export function parseAccounting(text: string): readonly QueuedTask[] {
  return linesOf(text).flatMap((line) => {
    const [job = '', state = '', nodes = ''] = line.split('|');
    const index = /^\d+_(\d+)$/.exec(job)?.[1];
    // "CANCELLED by 1000"
    return index === undefined
      ? []
      : [{ job, index: Number(index), state: state.split(' ')[0] ?? '', reason: null, nodes: said(nodes) }];
  });
}

/** The numbers of jobs that sbatch printed, one a line: `1234` or `1234;cluster`. */
export function parseJobs(text: string): readonly string[] {
  return linesOf(text).flatMap((line) => /^(\d+)(;|$)/.exec(line)?.[1] ?? []);
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

function said(text: string): string | null {
  const plain = text.trim();
  return plain === '' || /^(none|n\/a|none assigned|\(null\))$/i.test(plain) ? null : plain;
}
