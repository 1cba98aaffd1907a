// What a folder of reports says over time, as plain data: `guestmark history --json` prints it, tables show it. Types only;
// history-schema.ts holds the matching validator.
import type { Available } from '../base/availability.ts';
import type { ComparedMetric, ComparedMetricId, ComparedValue, Verdict } from '../compare/comparison.ts';
import type { RefusedFile } from '../evidence/evidence.ts';

/** Major changes when old readers would misread it, minor when fields are added. */
export const HISTORY_SCHEMA_VERSION = '1.0';

/** What a history can be of. Rates are amounts of an iteration over its time. */
export type HistoryMetricId = Extract<
  ComparedMetricId,
  'gpuTime' | 'wallTime' | 'correctedWallTime' | 'bandwidth' | 'arithmetic' | 'itemRate'
>;

/** What the history was told. */
export interface HistoryOptions {
  /** `auto`: device time of a throughput where all its reports have it, else wall time. */
  readonly metric: HistoryMetricId | 'auto';
  /** Levels whose ratio lies within 1 ± this are one. */
  readonly noiseFloor: number;
  /** Probability of any false change in the whole history, and of any false verdict on a latest report. */
  readonly alpha: number;
  readonly seed: number;
  /** Of the intervals of points; those of changes get ten times as many. */
  readonly resamples: number;
  /** Reports that began before are left out, in ms since 1970; null for none. */
  readonly sinceMs: number | null;
  /** So many points of each series at most, the latest; null for all. */
  readonly last: number | null;
}

/** The defaults; noise floor and alpha are those of a comparison. */
export const HISTORY_DEFAULTS: HistoryOptions = {
  metric: 'auto',
  noiseFloor: 0.01,
  alpha: 0.05,
  seed: 1,
  resamples: 300,
  sinceMs: null,
  last: null,
};

/** A report as a history tells of it. */
export interface HistoryReport {
  readonly path: string;
  /** In UTC, as ISO 8601 has it. */
  readonly startedAt: string;
  readonly producer: string;
  readonly toolVersion: string;
  readonly status: 'running' | 'complete' | 'partial';
  readonly hostname: Available<string>;
  readonly device: Available<string>;
}

/** What one report says. */
export interface HistoryPoint extends ComparedValue {
  /** Index into `History.reports`. */
  readonly report: number;
  /** Behind the value. */
  readonly runs: number;
}

/** Something besides the code under test that is not as it was in the report before: often the cause of a change. */
export interface HistoryEvent {
  /** Index of the first point with it. */
  readonly point: number;
  /** A stable word: `driver`, `tool`, `kernel`, `setting`… */
  readonly id: string;
  /** What it is, in words: `driver`, `setting wait`. */
  readonly what: string;
  /** Null for a setting that was not given. */
  readonly before: string | null;
  readonly after: string | null;
}

/** A place where the level changes. */
export interface HistoryChange {
  /** Index of the first point of the new level. */
  readonly point: number;
  readonly verdict: Extract<Verdict, 'faster' | 'slower'>;
  /** The new level over the one before. */
  readonly ratio: ComparedValue;
  /** Of no change beyond the noise floor, corrected for the places that were looked at in this series. */
  readonly p: number;
  /** In words, with the events between the same two reports. */
  readonly statement: string;
}

/** The latest point against the stretch of points before it, up to the change before. */
export interface LatestJudgement {
  readonly verdict: Verdict;
  /** Why it is no more and no less, in words. */
  readonly reason: string;
  /** Points of the stretch. */
  readonly points: number;
  /** Latest over the mean of the stretch; the interval is that of where a report like those before would lie. */
  readonly ratio: Available<ComparedValue>;
  /** Of a report like those before, within the noise floor: raw, and after Holm's correction over the series. */
  readonly p: Available<{ readonly raw: number; readonly holm: number }>;
}

/** One case on one device of one machine. */
export interface HistorySeries {
  readonly caseId: string;
  readonly benchmark: string;
  readonly axes: Readonly<Record<string, number>>;
  readonly kind: 'throughput' | 'latency';
  readonly category: string | null;
  readonly itemName: string;
  readonly producer: string;
  readonly hostname: Available<string>;
  readonly device: Available<string>;
  readonly metric: HistoryMetricId;
  readonly unit: ComparedMetric['unit'];
  readonly better: ComparedMetric['better'];
  /** In the order of time. */
  readonly points: readonly HistoryPoint[];
  /** In the order of time. */
  readonly events: readonly HistoryEvent[];
  readonly changes: readonly HistoryChange[];
  readonly latest: LatestJudgement;
}

/** The whole history. */
export interface History {
  readonly schema: 'guestmark-history';
  readonly schemaVersion: string;
  readonly tool: { readonly name: string; readonly version: string; readonly node: string };
  readonly options: HistoryOptions;
  /** In the order of time. */
  readonly reports: readonly HistoryReport[];
  /** In the order in which cases first appear, and of devices inside a case. */
  readonly series: readonly HistorySeries[];
  /** Cases of which no report has the metric, with the reason. */
  readonly unmeasured: readonly { readonly caseId: string; readonly reason: string }[];
  /** Files that cannot be read, and reports that are left out: each with one sentence. */
  readonly refused: readonly RefusedFile[];
}
