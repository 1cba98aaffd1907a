// Which samples each metric of a comparison is made of: arrays by run, and for corrected walls the two ends between which the
// clocks leave the truth. Says nothing about how well a metric is known.
import type { CaseEvidence, RunEvidence, TimeId } from '../evidence/evidence.ts';
import type { ComparedMetricId } from './comparison.ts';

/** Samples by run, in ns per iteration: both ends are the same arrays where the clocks leave nothing open. */
export interface MetricRuns {
  /** The runs that the arrays belong to. */
  readonly runs: readonly RunEvidence[];
  readonly low: readonly Float64Array[];
  readonly high: readonly Float64Array[];
}

/** A time that a case can be compared by. */
export type ComparedTimeId = Extract<
  ComparedMetricId,
  'gpuTime' | 'wallTime' | 'correctedWallTime' | 'undisturbedWallTime'
>;

/** Asked for a dozen times by whoever estimates something else of the same runs. */
const KNOWN = new WeakMap<readonly RunEvidence[], Map<ComparedTimeId, MetricRuns | null>>();

/** The runs of a case that have the time; null where none has. */
export function runsOfTime({ runs }: Pick<CaseEvidence, 'runs'>, id: ComparedTimeId): MetricRuns | null {
  const known = KNOWN.get(runs) ?? new Map<ComparedTimeId, MetricRuns | null>();
  KNOWN.set(runs, known);
  const found = known.get(id);
  if (found !== undefined) return found;
  const made =
    id === 'gpuTime' || id === 'wallTime'
      ? plain(runs, id)
      : bounded(runs, id === 'correctedWallTime' ? 'correctedWall' : 'undisturbedWall');
  known.set(id, made);
  return made;
}

function plain(runs: readonly RunEvidence[], id: TimeId): MetricRuns | null {
  const known = runs.filter(({ times }) => (times[id]?.length ?? 0) > 0);
  const values = known.map(({ times }) => times[id] as Float64Array);
  return known.length === 0 ? null : { runs: known, low: values, high: values };
}

function bounded(
  runs: readonly RunEvidence[],
  which: 'correctedWall' | 'undisturbedWall',
): MetricRuns | null {
  const known = runs.flatMap((run) => {
    const bounds = run[which];
    return bounds.available && bounds.value.highNs.length > 0 ? [{ run, ...bounds.value }] : [];
  });
  if (known.length === 0) return null;
  return {
    runs: known.map(({ run }) => run),
    low: known.map(({ lowNs }) => lowNs),
    high: known.map(({ highNs }) => highNs),
  };
}
