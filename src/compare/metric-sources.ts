// Which samples each metric of a comparison is made of: arrays by run, and for corrected walls the two ends between which the
// clocks leave the truth. Says nothing about how well a metric is known.
import type { CaseEvidence, RunEvidence, TimeId } from '../evidence/evidence.ts';
import type { ComparedMetricId } from './comparison.ts';

/** Samples by run, in ns per iteration: both ends are the same arrays where the clocks leave nothing open. */
export interface MetricRuns {
  readonly low: readonly Float64Array[];
  readonly high: readonly Float64Array[];
}

/** A time that a case can be compared by. */
export type ComparedTimeId = Extract<
  ComparedMetricId,
  'gpuTime' | 'wallTime' | 'correctedWallTime' | 'undisturbedWallTime'
>;

/** The runs of a case that have the time; null where none has. */
export function runsOfTime({ runs }: Pick<CaseEvidence, 'runs'>, id: ComparedTimeId): MetricRuns | null {
  if (id === 'gpuTime' || id === 'wallTime') return plain(runs, id);
  return bounded(runs, id === 'correctedWallTime' ? 'correctedWall' : 'undisturbedWall');
}

function plain(runs: readonly RunEvidence[], id: TimeId): MetricRuns | null {
  const known = runs.flatMap(({ times }) => times[id] ?? []).filter(({ length }) => length > 0);
  return known.length === 0 ? null : { low: known, high: known };
}

function bounded(runs: readonly RunEvidence[], which: 'correctedWall' | 'undisturbedWall'): MetricRuns | null {
  const known = runs
    .flatMap((run) => (run[which].available ? [run[which].value] : []))
    .filter(({ highNs }) => highNs.length > 0);
  return known.length === 0
    ? null
    : { low: known.map(({ lowNs }) => lowNs), high: known.map(({ highNs }) => highNs) };
}
