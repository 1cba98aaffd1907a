import type { Report } from '../../../src/report/report.ts';
import type { CaseRun } from '../../../src/suite/case-run.ts';
import type { FaultCounts, FaultLayer } from './fault-layer.d.mts';

/** What a run under faults left behind. */
export interface StruckRun extends FaultCounts {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stderr: string;
  readonly wallMs: number;
  /** Null where the command ended before there was one. */
  readonly report: Report | null;
}

/** What is held against it. */
export interface StruckVerdict {
  /** Empty where all is as it should be. */
  readonly problems: readonly string[];
  readonly failures: readonly (CaseRun & { readonly id: string })[];
  /** Results that the fault did not strike and that are not there. */
  readonly lost: number;
  /** Whether the command ended without a report. */
  readonly refused: boolean;
}

export function strikeRun(
  layer: FaultLayer,
  wanted: {
    readonly plan: string;
    readonly args: readonly string[];
    readonly folder: string;
    readonly limitMs?: number;
  },
): Promise<StruckRun>;

export function judgeStruck(
  struck: Pick<StruckRun, 'exitCode' | 'signal' | 'stderr' | 'report' | 'faults'>,
  planned: { readonly cases: number; readonly runs: number; readonly mostFailures?: number },
): StruckVerdict;
