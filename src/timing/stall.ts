// What a stall is: a hole in a spinning loop's clock, with what the thread's ledger says about it. Pure; the
// loop that finds the holes is stall-watch.ts. The rule that matters: what no counter explains is called
// unattributed and never steal.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { Blocked } from './segment.ts';

/**
 * Why the loop stood still, as far as counters tell:
 *
 * - `steal`: the scheduler's clocks exclude it and the thread did not leave its CPU: the hypervisor took it
 * - `run-queue`: another task of this machine had the CPU, or a CPU quota was used up
 * - `blocked`: the thread gave up its CPU: it was stopped by a signal, or waited for the kernel
 * - `interrupt`: charged as CPU time and no longer than the interrupts of the null run
 * - `unattributed`: charged as CPU time and longer than any interrupt of the null run, or not charged at all where
 *   that proves nothing: a hypervisor that does not tell, a virtual machine that was stopped, firmware (SMI); also steal
 *   on kernels whose CPU time contains it, or that drop a part of it (since 6.14)
 */
export type StallCause = 'steal' | 'run-queue' | 'blocked' | 'interrupt' | 'unattributed';

/** All causes, in the order of a table. */
export const STALL_CAUSES: readonly StallCause[] = [
  'steal',
  'run-queue',
  'blocked',
  'interrupt',
  'unattributed',
];

/** Where the ledger says that a stall's time went, in ns. */
export interface StallLedger {
  /** Charged to the thread as CPU time although the loop made no progress. */
  readonly cpuNs: number;
  /** Runnable but waiting for a CPU. */
  readonly runQueueNs: number;
  /** W − C − R: steal where the cause says so, blocking where the cause says so, else not to be told. */
  readonly stealAndBlockedNs: number;
  /** Error (±) of the three: of the two snapshots, of the clocks' rates, and of shorter holes between the snapshots. */
  readonly uncertaintyNs: number;
}

/** A hole in the loop's clock. Plain data. */
export interface Stall {
  /** The last stamp before the hole, on the watch's stamp clock; the hole begins within a turn of the loop after it. */
  readonly startNs: number;
  /** From there to the next stamp: longer than the hole by at most a turn of the loop. */
  readonly durationNs: number;
  readonly cause: StallCause;
  readonly ledger: Available<StallLedger>;
}

/** A stall under construction: overwritten in place by the loop, which allocates nothing. */
export interface Hole {
  startNs: number;
  durationNs: number;
  /** Index into {@link STALL_CAUSES}. */
  cause: number;
  /** False where the thread's ledger cannot be read; the next four are then 0 and mean nothing. */
  ledgerKnown: boolean;
  cpuNs: number;
  runQueueNs: number;
  stealAndBlockedNs: number;
  uncertaintyNs: number;
}

/** A hole with nothing in it yet. */
export function emptyHole(): Hole {
  return {
    startNs: 0,
    durationNs: 0,
    cause: 0,
    ledgerKnown: false,
    cpuNs: 0,
    runQueueNs: 0,
    stealAndBlockedNs: 0,
    uncertaintyNs: 0,
  };
}

/** What the cause of a hole depends on besides its ledger. */
export interface CauseRules {
  /** W − C − R of a thread that did not block is steal (tier A). */
  readonly gapIsSteal: boolean;
  /** Interrupts are in W − C − R too, or may be. */
  readonly gapIncludesIrq: boolean;
  /** The longest hole, in ns, that an interrupt of this machine explains. */
  readonly interruptNs: number;
}

/** The cause of a hole: that of the largest part of it. */
export function causeOf(hole: Hole, blocked: Blocked, rules: CauseRules): StallCause {
  if (!hole.ledgerKnown) return interruptOr('unattributed', hole.durationNs, rules);
  const { cpuNs, runQueueNs, stealAndBlockedNs } = hole;
  if (runQueueNs >= cpuNs && runQueueNs >= stealAndBlockedNs) return 'run-queue';
  if (cpuNs >= stealAndBlockedNs) return interruptOr('unattributed', cpuNs, rules);
  if (blocked === 'yes') return 'blocked';
  if (blocked === 'unknown') return 'unattributed';
  const lost = rules.gapIsSteal ? 'steal' : 'unattributed';
  return rules.gapIncludesIrq ? interruptOr(lost, stealAndBlockedNs, rules) : lost;
}

function interruptOr(cause: StallCause, partNs: number, { interruptNs }: CauseRules): StallCause {
  return partNs <= interruptNs ? 'interrupt' : cause;
}

/** The stall that a finished hole is. */
export function stallOf(hole: Hole): Stall {
  const { cpuNs, runQueueNs, stealAndBlockedNs, uncertaintyNs } = hole;
  return {
    startNs: hole.startNs,
    durationNs: hole.durationNs,
    cause: STALL_CAUSES[hole.cause] as StallCause,
    ledger: hole.ledgerKnown
      ? available({ cpuNs, runQueueNs, stealAndBlockedNs, uncertaintyNs })
      : unavailable("the thread's ledger cannot be read on this system"),
  };
}
