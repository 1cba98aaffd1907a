// The document of `guestmark tenants`: what several processes did on one device, alone and at once, with the samples from which
// every figure of it follows. Types only.
import type { Available } from '../base/availability.ts';
import type { ValueInterval } from '../stats/ratio-interval.ts';
import type { CaseRun, Failure, SampleColumns } from '../suite/case-run.ts';
import type { OperationFigure } from '../suite/operation.ts';
import type { Tier } from '../timing/ledger-rules.ts';

/** Rises with every change that a reader must know of. */
export const TENANTS_SCHEMA_VERSION = '1.0';

/**
 * What is asked: how equal tenants share, what one does to the others, each kind of work to each, a death among them, or one
 * that takes all memory and then dies.
 */
export const SCENARIOS = ['fairness', 'aggressor', 'matrix', 'kill', 'memory'] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** What was asked for. */
export interface TenantsCommand {
  readonly scenario: Scenario;
  /** As they were given; empty for the default. */
  readonly selectors: readonly string[];
  /** The noisy neighbour's case; null where no tenant is one. */
  readonly aggressor: string | null;
  /** Processes at once. */
  readonly tenants: number;
  /** How often every group is measured. */
  readonly rounds: number;
  /** For how long a group samples, in ns. */
  readonly timeNs: number;
  /** How long a tenant may take to be ready, in ns; the others then go without it. As long to verify after its samples. */
  readonly timeoutNs: number;
  readonly seed: number;
  readonly device: string | null;
  readonly queueFamily: number | null;
  readonly binding: 'auto' | 'nvk' | 'koffi';
  readonly validate: boolean;
  readonly memoryLimitBytes: number | null;
  readonly processMemoryBytes: number | null;
}

/** `victim` and `aggressor` where a tenant is there to disturb, `killed` where one is to die. */
export type Role = 'tenant' | 'victim' | 'aggressor' | 'killed';

/** A process of a group and what it runs. */
export interface Member {
  readonly role: Role;
  readonly caseId: string;
  /** Its kind of work, where the group is a pair of the matrix; else null. */
  readonly workClass: string | null;
}

/** Processes that sample at once; one alone is what the others are compared with. */
export interface Group {
  readonly kind: 'alone' | 'together';
  readonly members: readonly Member[];
}

/** Columns of samples as in a report of `guestmark run`; `startNs` since all were let go. */
export type TenantSamples = Pick<
  SampleColumns,
  | 'startNs'
  | 'wallNs'
  | 'gpuNs'
  | 'ledgerWallNs'
  | 'runQueueNs'
  | 'workersRunQueueNs'
  | 'stealLowNs'
  | 'stealHighNs'
  | 'correctedHighNs'
  | 'correctedFloorNs'
>;

/** One process in one phase. */
export interface TenantRun
  extends Pick<
    CaseRun,
    'status' | 'skipReason' | 'iterations' | 'verifiedBefore' | 'verifiedAfter' | 'samplingSteal' | 'figures'
  > {
  readonly failure: Failure | null;
  /** From the start of the process until its first output was found right, in ns; null where it did not come to that. */
  readonly verifiedAfterNs: number | null;
  /** From the start of the process until it was warm and waited for the others, in ns. */
  readonly readyAfterNs: number | null;
  /** Submissions from the start of one sample to that of the next; null where nothing was sampled. */
  readonly submissionsPerSample: number | null;
  /** All of them, also those outside of the window. */
  readonly samples: TenantSamples | null;
}

/** A span of time since all were let go, in ns. */
export interface Window {
  readonly startNs: number;
  readonly endNs: number;
}

/** A death in the middle of a phase. Times in ns since all were let go. */
export interface KillRecord {
  /** The member that was killed. */
  readonly member: number;
  readonly killedNs: number;
  /** Its process was gone. */
  readonly goneNs: number;
  /** Another process with the same case, started when that one was gone, and its end. */
  readonly newcomer: TenantRun;
  readonly newcomerGoneNs: number;
}

/** A group in one round. */
export interface Phase {
  /** Counted from 1. */
  readonly round: number;
  /** Place in `groups`. */
  readonly group: number;
  /** From the start of the first process until all were let go, in ns; null where none was ready. */
  readonly gatheredAfterNs: number | null;
  /** In which all sampled: of the samples only those that lie in it count. */
  readonly window: Available<Window>;
  readonly kill: KillRecord | null;
  /** In the order of the group's members. */
  readonly tenants: readonly TenantRun[];
}

/** What is known of the times of a case in the windows of all rounds. */
export interface TimesFigures {
  /** Rounds with a window, and samples in it. */
  readonly rounds: number;
  readonly samples: number;
  /** Of an iteration, in ns: median of the medians of the rounds. */
  readonly gpuTime: Available<ValueInterval>;
  readonly wallTime: Available<ValueInterval>;
  /** Without steal: `low` is as low as the counters of the CPUs allow. */
  readonly correctedWallTime: Available<ValueInterval>;
  /** Quantiles of the wall times of all samples together, of an iteration, in ns. */
  readonly wallTail: Available<{ readonly p50: number; readonly p95: number; readonly p99: number }>;
  /** Iterations per second of wall time, the pauses between samples included. */
  readonly rate: Available<ValueInterval>;
  /**
   * How many threads of the tenant waited for a CPU of the guest, on average over its samples: the one that measures, and the
   * workers of a software device.
   */
  readonly waitingThreads: Available<number>;
  /** Bounds of the share of the samples' time that was stolen. */
  readonly steal: Available<{ readonly low: number; readonly high: number }>;
}

/** A member of a group that was measured together. */
export interface MemberFigures extends Member {
  readonly alone: TimesFigures;
  readonly together: TimesFigures;
  /** Time together over time alone. */
  readonly slowdown: {
    readonly gpuTime: Available<ValueInterval>;
    readonly wallTime: Available<ValueInterval>;
    readonly correctedWallTime: Available<ValueInterval>;
    readonly wallTimeP99: Available<ValueInterval>;
  };
  /** Rate together over rate alone: 0.5 is half of the device. */
  readonly share: Available<ValueInterval>;
}

/** What a death did to a member that lived on, and to the device. Rates in iterations per second. */
export interface SurvivorFigures {
  readonly member: number;
  /** Between the release and the death. */
  readonly rateBefore: Available<ValueInterval>;
  /** From when the newcomer was gone until the end. */
  readonly rateAfter: Available<ValueInterval>;
  /** Runs that were verified before and after and did not fail, of all. */
  readonly verifiedRuns: number;
  readonly runs: number;
}

/** A new process after the death. In ns since the kill. */
export interface RecoveryFigures {
  /** Until the killed process was gone. */
  readonly gone: Available<ValueInterval>;
  /** Until the first output of a process that was started then was found right. */
  readonly verified: Available<ValueInterval>;
  /** What a start takes when nobody was killed: the same from the start of a process that ran alone. */
  readonly startAlone: Available<ValueInterval>;
}

/** What the operation of a member measured besides its times: memory that it reached. */
export interface OperationFigures extends Pick<OperationFigure, 'id' | 'label' | 'unit'> {
  readonly member: number;
  /** Median of the rounds. */
  readonly alone: Available<ValueInterval>;
  readonly together: Available<ValueInterval>;
  /** Of the process that came after a death. */
  readonly newcomer: Available<ValueInterval>;
}

/** What follows from the phases of a group. */
export interface GroupFigures {
  /** Place in `groups`. */
  readonly group: number;
  readonly members: readonly MemberFigures[];
  /** R. K. Jain's index of the shares: 1 where all have the same, 1/n where one has everything. */
  readonly fairness: Available<ValueInterval>;
  /** The sum of the shares: 1 is perfect time slicing, more is gained by being at it together. */
  readonly total: Available<ValueInterval>;
  readonly operations: readonly OperationFigures[];
  readonly survivors: readonly SurvivorFigures[];
  readonly recovery: RecoveryFigures | null;
}

/** What everything ran on. */
export interface TenantsDevice {
  readonly name: string;
  readonly driver: string;
  /** It computes on the guest's CPUs, which tenants then share like any programs. */
  readonly software: boolean;
}

/** The whole document. */
export interface TenantsReport {
  readonly schema: 'guestmark-tenants';
  readonly schemaVersion: typeof TENANTS_SCHEMA_VERSION;
  readonly tool: { readonly name: string; readonly version: string; readonly node: string };
  /** UTC. */
  readonly startedAt: string;
  readonly status: 'running' | 'complete' | 'partial';
  readonly command: TenantsCommand;
  readonly cpuCount: number;
  readonly device: Available<TenantsDevice>;
  /** The tier of the timing ledger. */
  readonly tier: Available<Tier>;
  readonly groups: readonly Group[];
  readonly phases: readonly Phase[];
  /** Messages of the validation layer. */
  readonly validation: readonly string[];
  readonly figures: readonly GroupFigures[];
}
