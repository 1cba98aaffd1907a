// What comparing two sides says, as plain data: `guestmark compare --json` prints it, tables and pages show it. Types only;
// comparison-schema.ts holds the matching validator.
import type { Available } from '../base/availability.ts';
import type { PartId, RefusedFile, ReportFacts } from '../evidence/evidence.ts';

/** Major changes when old readers would misread it, minor when fields are added. */
export const COMPARISON_SCHEMA_VERSION = '1.0';

/** What cases can be compared by. */
export const COMPARED_METRICS = [
  'gpuTime',
  'wallTime',
  'correctedWallTime',
  'undisturbedWallTime',
  'wallTimeP99',
  'bandwidth',
  'arithmetic',
  'itemRate',
] as const;

/** What a case can be judged by. `auto`: device time of a throughput (wall time without one), wall time of a latency. */
export type ComparedMetricId = (typeof COMPARED_METRICS)[number];

/** A value with its 95 % interval; for the corrected walls `low` and `high` also hold what the clocks leave open. */
export interface ComparedValue {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** One metric of a case on both sides. */
export interface ComparedMetric {
  readonly id: ComparedMetricId;
  readonly unit: 'ns' | 'B/s' | 'FLOP/s' | '1/s';
  readonly better: 'lower' | 'higher';
  readonly baseline: ComparedValue;
  readonly contender: ComparedValue;
  /** Contender over baseline. */
  readonly ratio: ComparedValue;
}

/** What is said of a case; `unclear` until evidence says more. */
export type Verdict = 'faster' | 'slower' | 'same' | 'unclear';

/** Something that makes a comparison doubtful. */
export interface Doubt {
  /** A stable word: `different-device`, `few-runs`, `steal`, `separate-collection`… */
  readonly id: string;
  readonly message: string;
  readonly advice: string | null;
}

/** What a part adds to the difference of mean wall times, contender less baseline, in ns per iteration. */
export interface PartDifference {
  readonly id: PartId | 'unexplained';
  readonly ns: number;
  readonly lowNs: number;
  readonly highNs: number;
  /** The same as a share of the baseline's mean wall time: points of a percent are 0.01. */
  readonly ofBaseline: number;
}

/** Why the mean wall times of a case differ. */
export interface CaseExplanation {
  readonly baselineNs: number;
  readonly contenderNs: number;
  /** Of the mean wall times, contender less baseline, with its interval over runs; that of one run on a side is too narrow. */
  readonly difference: { readonly ns: number; readonly lowNs: number; readonly highNs: number };
  /** In the order of PARTS; they add up to the difference. */
  readonly parts: readonly PartDifference[];
  /** Whether the raw wall times differ, and what is left of it in the corrected ones. */
  readonly statement: string;
  /** The largest certain part of the difference; null where the walls do not differ, or a part that is not certain may be larger. */
  readonly mainCause: PartDifference['id'] | null;
}

/** Whether both environments computed the same bytes (fidelity in the sense of Popek and Goldberg, 1974). */
export interface OutputComparison {
  readonly verdict: 'equal' | 'different' | 'unknown';
  readonly reason: string | null;
}

/** One case. */
export interface ComparedCase {
  readonly id: string;
  readonly benchmark: string;
  readonly axes: Readonly<Record<string, number>>;
  readonly kind: 'throughput' | 'latency';
  readonly category: string | null;
  readonly runs: { readonly baseline: number; readonly contender: number };
  /** Those that both sides have. */
  readonly metrics: readonly ComparedMetric[];
  readonly judgedBy: ComparedMetricId | null;
  readonly verdict: Verdict;
  /** Why it is no more and no less, in words. */
  readonly reason: string;
  /** Of no difference beyond the noise floor, and after Holm's correction over the cases. */
  readonly p: Available<{ readonly raw: number; readonly holm: number }>;
  readonly explanation: Available<CaseExplanation>;
  readonly outputs: OutputComparison;
  readonly doubts: readonly Doubt[];
}

/** The geometric mean of the ratios of a metric over the cases that have it. */
export interface MeanRatio {
  readonly metric: ComparedMetricId;
  readonly cases: number;
  readonly ratio: Available<ComparedValue>;
}

/** What explains the difference over all cases: each case counts the same, in shares of its own baseline. */
export interface OverallExplanation {
  readonly cases: number;
  /** Mean of the cases' differences, as a share of the baseline. */
  readonly wallDifference: ComparedValue;
  readonly parts: readonly {
    readonly id: PartDifference['id'];
    readonly ofBaseline: ComparedValue;
  }[];
  readonly statement: string;
}

/** One side as the comparison tells of it. */
export interface SideRecord {
  readonly label: string;
  readonly reports: readonly Omit<ReportFacts, 'processStartsMs'>[];
  readonly runs: number;
  readonly refused: readonly RefusedFile[];
}

/** How the two sides were collected in time, and what that does to the ratio. */
export interface Collection {
  readonly kind: 'interleaved' | 'separate' | 'different-machines' | 'unknown';
  readonly statement: string;
}

/** What the comparison was told. */
export interface CompareOptions {
  readonly metric: ComparedMetricId | 'auto';
  /** A ratio within 1 ± this is the same. */
  readonly noiseFloor: number;
  readonly confidence: number;
  /** Probability of a false verdict over all cases together. */
  readonly alpha: number;
  readonly resamples: number;
  readonly seed: number;
}

/** The defaults: facts/virtualization.md, section 4, and docs/comparison.md for the evidence. */
export const COMPARE_DEFAULTS: CompareOptions = {
  metric: 'auto',
  noiseFloor: 0.01,
  confidence: 0.95,
  alpha: 0.05,
  resamples: 10_000,
  seed: 1,
};

/** The whole comparison. */
export interface Comparison {
  readonly schema: 'guestmark-comparison';
  readonly schemaVersion: string;
  readonly tool: { readonly name: string; readonly version: string; readonly node: string };
  readonly options: CompareOptions;
  readonly baseline: SideRecord;
  readonly contender: SideRecord;
  readonly collection: Collection;
  readonly cases: readonly ComparedCase[];
  /** Cases of one side only. */
  readonly unpaired: { readonly baseline: readonly string[]; readonly contender: readonly string[] };
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly means: readonly MeanRatio[];
  readonly explanation: Available<OverallExplanation>;
  readonly fidelity: {
    readonly verdict: 'equal' | 'different' | 'unknown';
    readonly equal: number;
    readonly different: readonly string[];
    readonly unknown: number;
    readonly statement: string;
  };
  readonly doubts: readonly Doubt[];
}
