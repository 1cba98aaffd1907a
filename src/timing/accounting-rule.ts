// Whether run time excludes steal, judged by what a spinning thread was charged while its CPU was robbed. Pure;
// the watching is in observed-accounting.ts.
import { unavailable } from '../base/availability.ts';
import { formatNs } from '../base/units.ts';
import { type Fact, fact } from './fact.ts';

/** What was seen of a thread that computed on one CPU and never blocked. All in ns. */
export interface AccountingObservation {
  /** Steal of that CPU by /proc/stat: right whatever the scheduler does, in ticks. */
  readonly countedNs: number;
  /** W − C − R of the thread: what its scheduler charged as steal. */
  readonly chargedNs: number;
  readonly wallNs: number;
  readonly cpuNs: number;
}

/** Less steal than that drowns in the ticks of /proc/stat. */
const ENOUGH_NS = 50e6;
const OFF_BELOW = 0.2;
/** Not more, because kernels since 6.14 drop steal when another CPU wakes a task on the stolen one. */
const ON_FROM = 0.5;

/**
 * The rule: of the steal that fell on the thread, less than a fifth was charged: run time contains steal; half of it or
 * more: it excludes steal. Unknown between, and as long as less than 50 ms fell on it.
 */
export function judgeAccounting(seen: AccountingObservation): Fact<boolean> {
  const fellNs = seen.countedNs * shareOf(seen);
  const charged = seen.chargedNs / fellNs;
  const figures = `${formatNs(Math.max(0, seen.chargedNs))} charged of ${formatNs(fellNs)} of steal`;
  const within = `in ${formatNs(seen.wallNs)} of computing`;
  if (fellNs < ENOUGH_NS) return unavailable(`too little steal to judge by: ${formatNs(fellNs)} ${within}`);
  if (charged < OFF_BELOW) return fact(false, `observed: ${figures} ${within}`);
  if (charged >= ON_FROM) return fact(true, `observed: ${figures} ${within}`);
  return unavailable(`undecided: ${figures} ${within}`);
}

/** The thread's part of what the hypervisor left of its CPU; steal falls on the tasks of a CPU in that proportion. */
function shareOf({ countedNs, wallNs, cpuNs }: AccountingObservation): number {
  const leftNs = wallNs - countedNs;
  return leftNs > 0 ? Math.min(1, cpuNs / leftNs) : 1;
}

/**
 * Configuration and behaviour in one: behaviour decides where no configuration can be read. Where the two contradict,
 * nothing is claimed to be free of steal, and the contradiction is named.
 */
export function combineAccounting(
  configured: Fact<boolean>,
  observed: Fact<boolean> | undefined,
): Fact<boolean> {
  if (observed === undefined) return configured;
  if (!configured.available) {
    return observed.available ? observed : unavailable(`${configured.reason}; ${observed.reason}`);
  }
  if (!observed.available || observed.value === configured.value) return configured;
  return fact(false, `${configured.source}, contradicted by what was ${observed.source}`);
}
