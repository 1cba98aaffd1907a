// The samples of a case as statistics needs them: one array per run, in the unit of the question. Reads
// raw columns and alters nothing.
import type { CaseRun, SampleColumns, SparseColumn } from '../suite/case-run.ts';

/** A run with samples that may be reported. */
export interface SampledRun extends CaseRun {
  readonly samples: SampleColumns;
}

/** What one value of a metric belongs to: a submission is one sample and repeats the iterations. */
export type Per = 'iteration' | 'submission';

/**
 * The runs that may be reported: those that ended well. None at all once an output was found wrong, because a
 * wrong result in less time is no result.
 */
export function sampledRuns(runs: readonly CaseRun[]): readonly SampledRun[] {
  if (runs.some(({ failure }) => failure?.kind === 'verification')) return [];
  return runs.filter((run): run is SampledRun => run.status === 'ok' && run.samples !== null);
}

/** One column of every run, without the samples that have no value, per iteration or per submission. */
export function columnOf(
  runs: readonly SampledRun[],
  column: keyof SampleColumns,
  per: Per,
): readonly Float64Array[] {
  return runs.map(({ samples, iterations }) => {
    const divisor = per === 'iteration' ? iterations : 1;
    const values: SparseColumn = samples[column];
    const known = values.filter((value): value is number => value !== null);
    return Float64Array.from(known, (value) => value / divisor);
  });
}

/** Samples of all runs, with a value or without. */
export function sampleCount(runs: readonly SampledRun[]): number {
  return runs.reduce((count, { samples }) => count + samples.wallNs.length, 0);
}

/**
 * CPU time, run-queue wait, or the throttled part of it, as a share of the ledger's wall time of the same samples; null
 * where no sample has one.
 */
export function ledgerShare(
  runs: readonly SampledRun[],
  column: 'cpuNs' | 'runQueueNs' | 'throttledNs',
): number | null {
  let [partNs, wallNs] = [0, 0];
  for (const { samples } of runs) {
    samples[column].forEach((value, i) => {
      const sampleWallNs = samples.ledgerWallNs[i] ?? null;
      if (value === null || sampleWallNs === null) return;
      partNs += value;
      wallNs += sampleWallNs;
    });
  }
  return wallNs > 0 ? partNs / wallNs : null;
}
