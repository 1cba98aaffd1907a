// The file that `guestmark time` leaves behind: types only; schema-time.ts is the matching validator.
import type { Available } from '../base/availability.ts';
import type { ProgramRun } from '../program/program-run.ts';
import type { ProgramSummary } from '../program/summarize-runs.ts';
import type { Tier } from '../timing/ledger-rules.ts';

/** Major changes when old readers would misread a report, minor when fields are added. */
export const TIME_SCHEMA_VERSION = '1.0';

/** A program, its runs, and what they mean on this machine. Durations in ns. */
export interface TimeReport {
  readonly schema: 'guestmark-time';
  readonly schemaVersion: string;
  readonly tool: { readonly name: string; readonly version: string; readonly node: string };
  readonly command: readonly string[];
  /** Complete, or interrupted, or ended by a failure, before all runs were made. */
  readonly status: 'complete' | 'partial';
  /** How many runs were asked for. */
  readonly wantedRuns: number;
  readonly tier: Tier;
  readonly tierTitle: string;
  readonly tierReason: string;
  readonly stealBound: string;
  /** How context switches were recorded, or why they were not. */
  readonly switches: Available<string>;
  /** CPUs on which the program was allowed to run. */
  readonly cpus: readonly number[];
  /** The one that it was bound to and why, or why it was not bound. */
  readonly pin: Available<{ readonly cpu: number; readonly rule: string }>;
  /** Runs made before, and not reported. */
  readonly warmup: number;
  readonly runs: readonly ProgramRun[];
  /** Null where there was no run. */
  readonly summary: ProgramSummary | null;
}
