// What the reports of a fleet say together, as plain data: `guestmark merge --json` prints it, tables and the page show it. Types
// only; fleet-report-schema.ts holds the matching validator.
import type { Available } from '../base/availability.ts';
import type { RefusedFile } from '../evidence/evidence.ts';
import type { FleetPlan } from '../fleet/fleet-folder.ts';

/** Major changes when old readers would misread it, minor when fields are added. */
export const FLEET_REPORT_SCHEMA_VERSION = '1.0';

/** What was told to the merge. */
export interface MergeOptions {
  /** A node whose ratio to the fleet lies within 1 ± this is no outlier, however sure the difference is. */
  readonly noiseFloor: number;
  /** Expected share of healthy nodes among the outliers (false discovery rate), over all cases and metrics together. */
  readonly alpha: number;
  /** With fewer nodes there is no rule by which one could be told from the others. */
  readonly fewestNodes: number;
}

/** What is told where nobody says otherwise: the quartiles of fewer nodes are not worth a rule. */
export const MERGE_DEFAULTS: MergeOptions = { noiseFloor: 0.01, alpha: 0.01, fewestNodes: 8 };

/** The times by which nodes are compared, in ns of one iteration. */
export type FleetMetricId = 'gpuTime' | 'wallTime' | 'correctedWallTime';

/** A GPU of a machine of the fleet, with what its reports say of it. */
export interface FleetNode {
  /** Unique in the fleet: the name of the machine, with the device where it has several. */
  readonly name: string;
  readonly hostname: Available<string>;
  readonly device: Available<string>;
  readonly driver: Available<string>;
  readonly hypervisor: Available<string>;
  readonly attachment: Available<string>;
  readonly linuxRelease: Available<string>;
  readonly toolVersion: string;
  /** Its report files. */
  readonly reports: readonly string[];
  /** Cases with samples, and cases that failed. */
  readonly measured: number;
  readonly failed: number;
  /** What may explain that it is slow. */
  readonly state: FleetNodeState;
}

/** Of all reports of a node; a share is of the time of its samples, the mean over its cases. */
export interface FleetNodeState {
  readonly computeClockHz: Available<number>;
  readonly throttleReasons: readonly string[];
  /** Errors that ECC could not correct, as far as the driver counts them. */
  readonly eccErrors: Available<number>;
  /** Lanes and speed of the PCIe link. */
  readonly linkWidth: Available<number>;
  readonly linkGtps: Available<number>;
  /** Stolen, from at least to at most. */
  readonly stealShare: Available<{ readonly low: number; readonly high: number }>;
  /** Waited for a CPU of the guest: the measuring thread, or the workers of a software device where they waited more. */
  readonly runQueueShare: Available<number>;
  /** Withheld by a quota of the control group. */
  readonly throttledShare: Available<number>;
  /** Of leaving the guest once, in ns. */
  readonly exitCostNs: Available<number>;
}

/** How one number is distributed over the nodes that have it. */
export interface FleetDistribution {
  readonly nodes: number;
  readonly min: number;
  readonly p01: number;
  readonly p05: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  /** Robust standard deviation over the median: what one node normally differs from another; null of one node. */
  readonly spread: number | null;
}

/** One metric of a case over the fleet. */
export interface FleetMeasure {
  readonly metric: FleetMetricId;
  readonly distribution: FleetDistribution;
  /** By the index of the node, in ns; null for a node that has none. */
  readonly values: readonly (number | null)[];
}

/** One case over the fleet. */
export interface FleetCase {
  readonly id: string;
  readonly benchmark: string;
  readonly axes: Readonly<Record<string, number>>;
  readonly kind: 'throughput' | 'latency';
  readonly category: string | null;
  /** What the case is told by first: device time of a throughput where the fleet has it, else wall time. */
  readonly main: FleetMetricId;
  /** What makes a rate of the main time; null where there is none. */
  readonly rate: { readonly unit: 'B/s' | 'FLOP/s' | '1/s'; readonly amount: number } | null;
  readonly measures: readonly FleetMeasure[];
  /** Nodes without a value, with the reason: each reason once, with the nodes. */
  readonly missing: readonly { readonly reason: string; readonly nodes: readonly number[] }[];
}

/** A node that differs from the fleet in one case, or in all together. */
export interface FleetFinding {
  /** Index of the case; null for the node over all of its cases. */
  readonly case: number | null;
  readonly metric: FleetMetricId;
  readonly verdict: 'slower' | 'faster';
  /** The node's time over the median of the nodes of its kind: with the same device and, for wall times, the same CPU. */
  readonly ratio: number;
  /** Of a node of the fleet being so far off by chance: raw, and after the correction for all that was looked at. */
  readonly p: { readonly raw: number; readonly adjusted: number };
}

/** What is slow: the GPU (clock, throttling, ECC, link), the guest (steal, quota, run queue, exits), or nobody knows what. */
export type FleetCause = 'gpu' | 'guest' | 'unexplained';

/** A node that is not like the others. */
export interface FleetOutlier {
  readonly node: number;
  /** `slower` where any finding is. */
  readonly verdict: 'slower' | 'faster';
  readonly cause: FleetCause;
  /** The evidence for the cause, in words with figures: `steal 10.1 % (fleet 0.2 %)`. Empty where it is unexplained. */
  readonly reasons: readonly string[];
  /** The largest difference first. */
  readonly findings: readonly FleetFinding[];
}

/** A task of the plan, or a node that was asked for, without a usable report. */
export interface FleetGap {
  /** Null for a node that no task says it ran on. */
  readonly task: number | null;
  /** Null where nothing says where it would have been. */
  readonly node: string | null;
  /** Why, in words: `was never started`, `was killed`, `its report is cut off`. */
  readonly reason: string;
}

/** A fact in which the nodes of the fleet are not all alike. */
export interface FleetDifference {
  /** `driver`, `kernel`, `tool`, `setting wait`. */
  readonly what: string;
  /** The most frequent first. */
  readonly values: readonly { readonly value: string; readonly nodes: number; readonly first: string }[];
}

/** The whole fleet. */
export interface FleetReport {
  readonly schema: 'guestmark-fleet';
  readonly schemaVersion: string;
  readonly tool: { readonly name: string; readonly version: string; readonly node: string };
  readonly options: MergeOptions;
  /** Null for reports without a plan. */
  readonly plan: FleetPlan | null;
  readonly nodes: readonly FleetNode[];
  /** In the order in which they first appear. */
  readonly cases: readonly FleetCase[];
  /** Slow ones first, the largest difference first. */
  readonly outliers: readonly FleetOutlier[];
  /** Nodes of which there are too few with their device and CPU for any rule. */
  readonly unjudged: readonly number[];
  readonly gaps: readonly FleetGap[];
  readonly differences: readonly FleetDifference[];
  /** Files that could not be read, each with one sentence. */
  readonly refused: readonly RefusedFile[];
}
