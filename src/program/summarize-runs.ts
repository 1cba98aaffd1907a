// The figures of repeated runs: of the wall time, of both ends of the corrected one, and of the CPU time. Pure.
import { type Available, available, unavailable } from '../base/availability.ts';
import { medianInterval } from '../stats/order-statistic-interval.ts';
import { standardDeviation } from '../stats/standard-deviation.ts';
import { summarize } from '../stats/summary.ts';
import type { ProgramRun } from './program-run.ts';

/** A duration over all runs, in ns. */
export interface DurationSummary {
  readonly mean: number;
  /** Null for a single run. */
  readonly standardDeviation: number | null;
  readonly median: number;
  /** 95 % interval of the median; null below 6 runs. */
  readonly medianInterval: { readonly low: number; readonly high: number } | null;
  readonly min: number;
  readonly max: number;
  /** Runs outside of Tukey's fences. */
  readonly outliers: { readonly mild: number; readonly severe: number };
}

/** All runs of a program. */
export interface ProgramSummary {
  readonly runs: number;
  readonly failed: number;
  readonly wallNs: DurationSummary;
  readonly userNs: DurationSummary;
  readonly systemNs: DurationSummary;
  readonly cpuNs: DurationSummary;
  /** Of the lower and of the upper ends of the runs' intervals. */
  readonly correctedWallNs: Available<{ readonly low: DurationSummary; readonly high: DurationSummary }>;
}

/** Whether a run counts as failed: any exit code but 0, or a signal. */
export function hasFailed({ exitCode }: Pick<ProgramRun, 'exitCode'>): boolean {
  return exitCode !== 0;
}

/** Sums up runs; null where there are none. */
export function summarizeRuns(runs: readonly ProgramRun[]): ProgramSummary | null {
  if (runs.length === 0) return null;
  const of = (value: (run: ProgramRun) => number): DurationSummary => durations(runs.map(value));
  return {
    runs: runs.length,
    failed: runs.filter(hasFailed).length,
    wallNs: of(({ wallNs }) => wallNs),
    userNs: of(({ userNs }) => userNs),
    systemNs: of(({ systemNs }) => systemNs),
    cpuNs: of(({ cpuNs }) => cpuNs),
    correctedWallNs: correctedOf(runs),
  };
}

function correctedOf(runs: readonly ProgramRun[]): ProgramSummary['correctedWallNs'] {
  const ends: { lowNs: number; highNs: number }[] = [];
  for (const { correctedWallNs } of runs) {
    if (!correctedWallNs.available) return unavailable(correctedWallNs.reason);
    ends.push(correctedWallNs.value);
  }
  return available({
    low: durations(ends.map(({ lowNs }) => lowNs)),
    high: durations(ends.map(({ highNs }) => highNs)),
  });
}

function durations(values: readonly number[]): DurationSummary {
  const { mean, median, min, max, outliers } = summarize(values) as NonNullable<ReturnType<typeof summarize>>;
  const interval = medianInterval(values);
  return {
    mean,
    standardDeviation: values.length < 2 ? null : standardDeviation(values),
    median,
    medianInterval: interval === null ? null : { low: interval.low, high: interval.high },
    min,
    max,
    outliers,
  };
}
