// What one process measured of one case: raw samples of every clock, and what happened around them.
// Plain data: it crosses from the child process to its parent and goes into the report unchanged.
import type { Available } from '../base/availability.ts';
import type { CounterChanges } from '../counters/watch-counters.ts';
import type { DeviceStateChange } from '../device-state/device-state.ts';
import type { ExternalComparison } from '../external/bracket.ts';
import type { GpuClockDrift } from '../timing/gpu-clock-drift.ts';
import type { Stall } from '../timing/stall.ts';
import type { OperationFigure, OwnCost } from './operation.ts';

/** A value per sample; `null` where that one sample has none (its reason is in `notes`). */
type Column = readonly number[];
export type SparseColumn = readonly (number | null)[];

/**
 * Raw samples, one array per clock, all of the same length. A sample is one submission, which repeats
 * the case's iterations; times are of the whole submission, in nanoseconds.
 */
export interface SampleColumns {
  /** Start of the sample on the stamp clock, since the start of the run. */
  readonly startNs: Column;
  /** From before vkQueueSubmit until the wait returned. */
  readonly wallNs: Column;
  /** Inside vkQueueSubmit; null for an operation that is one piece. */
  readonly submitNs: SparseColumn;
  /** Wall time between the two ledger snapshots; contains `wallNs` and the snapshots' own cost. */
  readonly ledgerWallNs: SparseColumn;
  /** Error (±) of what is computed from the ledger, such as `stealAndBlockedNs`. */
  readonly ledgerBoundNs: SparseColumn;
  /** CPU time of the measuring thread between the snapshots (CLOCK_THREAD_CPUTIME_ID). */
  readonly cpuNs: SparseColumn;
  /** Run-queue wait between the snapshots, cgroup throttling included. */
  readonly runQueueNs: SparseColumn;
  /** At most so much of it was throttling by a CPU quota; null where no group of the process can be throttled. */
  readonly throttledNs: SparseColumn;
  /** ledgerWallNs − cpuNs − runQueueNs: stolen or blocked. */
  readonly stealAndBlockedNs: SparseColumn;
  /** The blocked part of it, where the thread's context switches are recorded. */
  readonly blockedNs: SparseColumn;
  /**
   * Bounds of the steal inside the segment: what was charged for certain, and all time in which the thread neither waited
   * for a CPU nor was known to sleep. The counters of the CPUs narrow it over all samples.
   */
  readonly stealLowNs: SparseColumn;
  readonly stealHighNs: SparseColumn;
  /** Voluntary context switches between the snapshots; 0 certifies that nothing blocked. */
  readonly voluntarySwitches: SparseColumn;
  /** How often the thread was put on a CPU between the snapshots. */
  readonly timeslices: SparseColumn;
  /** Wall and CPU time from the first snapshot until the submit call had returned; not read for a latency. */
  readonly submitLedgerWallNs: SparseColumn;
  readonly submitCpuNs: SparseColumn;
  /** The CPU on which each snapshot was taken. */
  readonly startCpu: SparseColumn;
  readonly endCpu: SparseColumn;
  /** CPU time of a software device's workers, of the busiest one, and their run-queue wait. */
  readonly workersCpuNs: SparseColumn;
  readonly busiestWorkerCpuNs: SparseColumn;
  readonly workersRunQueueNs: SparseColumn;
  /** Steal that certainly delayed the last of them: beyond its sleep and what the others did. */
  readonly workersDelayLowNs: SparseColumn;
  /** Wall time without all steal that was charged where it delays the sample, and without what certainly was. */
  readonly correctedLowNs: SparseColumn;
  readonly correctedHighNs: SparseColumn;
  /** What no steal can take the corrected wall time below, also where the kernel did not charge it. */
  readonly correctedFloorNs: SparseColumn;
  /** Device time between the timestamps; null also where they cannot be true (`timestampFaults`). */
  readonly gpuNs: SparseColumn;
  /** When the device began, since the start of the run, as placed on the CPU's scale. */
  readonly deviceStartNs: SparseColumn;
  /** From the end of vkQueueSubmit to the start on the device; 0 where the device started before. */
  readonly queueNs: SparseColumn;
  /** From the end on the device until the wait returned. */
  readonly wakeUpNs: SparseColumn;
  /** Of `wakeUpNs`: until the thread was runnable again, and from its return to a CPU until the wait returned. */
  readonly notifyNs: SparseColumn;
  readonly returnNs: SparseColumn;
  /** Uncertainty (±) of `queueNs`, `wakeUpNs` and `notifyNs`. */
  readonly splitUncertaintyNs: SparseColumn;
}

/** Why sampling ended; `lasted`: it took as long as the case is to be sampled. */
export type StopReason = 'converged' | 'lasted' | 'max-time' | 'max-samples' | 'interrupted';

/** What kind of failure ended a case. `device`: it was not tried, because the device of the report did not open any more. */
export type FailureKind = 'verification' | 'timeout' | 'crash' | 'vulkan' | 'error' | 'device';

/** A failed case keeps everything that was measured before it failed. */
export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
  readonly hint: string | null;
}

/** How much the CPUs of the guest were robbed while the case ran, from /proc/stat. */
export interface CaseSteal {
  /** Sum over CPUs. */
  readonly totalNs: number;
  readonly perCpuNs: Readonly<Record<string, number>>;
  /** Resolution of the source: every figure may be this much too small or too large. */
  readonly tickNs: number;
  readonly note: string | null;
}

/** Steal while a case was sampled: the budget for all of its samples together. */
export interface SamplingSteal extends CaseSteal {
  /** The CPUs that count: those on which the measuring thread was seen, or all on which it may run. */
  readonly cpus: readonly number[];
  /** Why these. */
  readonly cpusReason: string;
  /** No more than this was stolen from them: their steal and a tick for each; null where a counter is of no use. */
  readonly ceilingNs: number | null;
}

/** How twice the work compares with the work that was sampled. */
export interface Doubling {
  /** The axis that was doubled; null where a submission had twice as many iterations. */
  readonly axis: string | null;
  /** Time of twice the work over that of the work, by the time the case is judged by: the median of the pairs, or of the last samples of the warm-up and one of twice the work. */
  readonly ratio: number;
  /** Pairs of neighbouring submissions that were compared; 0 where one sample showed the double clearly. */
  readonly pairs: number;
}

/** Interrupts of the GPU while a case was sampled, from /proc/interrupts. */
export interface GpuInterrupts {
  readonly count: number;
  readonly perCpu: Readonly<Record<string, number>>;
  /** The lines that were counted, by their last words: `nvidia`, `amdgpu`. */
  readonly sources: readonly string[];
}

/** Samples whose device time was refused, because their timestamps cannot be true; `gpuNs` is null there. */
export interface TimestampFault {
  readonly reason: string;
  readonly samples: number;
}

/** Everything one process measured of one case. */
export interface CaseRun {
  readonly run: number;
  /**
   * When the process that measured it was started, as `processes[].startedAt` has it: a run that went on after a crash or an
   * interruption has several, each with a scale of its own for `samples.startNs`. Null where no process measured it.
   */
  readonly processStartedAt: string | null;
  readonly status: 'ok' | 'failed' | 'skipped';
  readonly failure: Failure | null;
  /** Why the case was skipped. */
  readonly skipReason: string | null;
  /** Iterations in one submission. */
  readonly iterations: number;
  readonly waitMode: 'spin' | 'block' | null;
  readonly warmUpSubmissions: number;
  /**
   * Values compared with the reference before and after timing; 0 where it did not come to that. An output with the bytes
   * of one that was compared before, in this run or an earlier one, counts as that one did.
   */
  readonly verifiedBefore: number;
  readonly verifiedAfter: number;
  /**
   * SHA-256 of the outputs that must repeat, after one iteration: the same in every run, or the later run fails. Where none
   * must, of all that the iteration writes: that may differ from run to run, where the order of additions does.
   */
  readonly outputSha256: Available<string>;
  readonly stopReason: StopReason | null;
  readonly samples: SampleColumns | null;
  /** Why samples have no device time although it was asked for, the most frequent reason first. */
  readonly timestampFaults: readonly TimestampFault[];
  readonly steal: Available<CaseSteal>;
  readonly samplingSteal: Available<SamplingSteal>;
  /**
   * What a watch on another CPU found while the case ran, waiting and interrupts of that CPU left out; onset since the
   * start of the run, as `samples.startNs` has it.
   */
  readonly stalls: Available<readonly Stall[]>;
  /** Wall time of the whole case: buffers, pipeline, verification, calibration and samples. */
  readonly caseWallNs: number;
  /** The guest's clock against that of another machine, over the whole case. */
  readonly external: Available<ExternalComparison>;
  /** The device's clock against the guest's, while the case was sampled. */
  readonly deviceClock: Available<GpuClockDrift>;
  /** Clocks, temperature and power of the device, before and after the case was sampled. */
  readonly deviceState: Available<DeviceStateChange>;
  /** Whether twice the work took twice as long. */
  readonly doubling: Available<Doubling>;
  /** What this tool adds to every sample of a latency. */
  readonly ownCost: Available<OwnCost>;
  /** What an operation measured besides its time. */
  readonly figures: readonly OperationFigure[];
  /** Interrupts of the GPU while the case was sampled. */
  readonly interrupts: Available<GpuInterrupts>;
  /** Counters of the guest, its network and its GPU that moved while the case was sampled. */
  readonly counters: Available<CounterChanges>;
  readonly notes: readonly string[];
}
