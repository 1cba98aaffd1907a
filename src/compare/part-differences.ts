// The difference of two sides by part, with what is left unexplained: means over runs, the parts' own bounds and a bootstrap
// over runs in one interval. Arithmetic only; explain-case.ts puts it into words.
import type { PartId, PartMean, RunEvidence } from '../evidence/evidence.ts';
import { PARTS } from '../evidence/part-labels.ts';
import { meanDifferenceDraws, meanOfKnown } from '../stats/mean-difference-draws.ts';
import { quantileOfSorted } from '../stats/quantile.ts';
import type { CompareOptions, PartDifference } from './comparison.ts';

/** What the interval of a difference is made with. */
export type DifferenceOptions = Pick<CompareOptions, 'seed' | 'resamples' | 'confidence'>;

/** The difference of the mean wall times and what it is made of, contender less baseline. */
export interface Differences {
  readonly baselineNs: number;
  readonly contenderNs: number;
  /** Of the mean wall times. */
  readonly wall: { readonly ns: number; readonly lowNs: number; readonly highNs: number };
  /** In the order of PARTS, then `unexplained`: their `ns` add up to that of the wall. */
  readonly parts: readonly PartDifference[];
}

/** A part of one side: one number a run, NaN where the run does not have it. */
interface PartColumns {
  readonly ns: Float64Array;
  readonly lowNs: Float64Array;
  readonly highNs: Float64Array;
}

interface SideColumns {
  readonly wallNs: Float64Array;
  /** The wall less the best statements of all parts. */
  readonly restNs: Float64Array;
  readonly parts: readonly PartColumns[];
}

/**
 * The differences by part. The low end of a part is that of the contender's low less the baseline's high end, at the lower
 * quantile over resampled runs; the high end likewise.
 */
export function partDifferences(
  baseline: readonly RunEvidence[],
  contender: readonly RunEvidence[],
  options: DifferenceOptions,
): Differences {
  const ids = sharedParts(baseline, contender);
  const [own, other] = [columnsOf(baseline, ids), columnsOf(contender, ids)];
  const draws = meanDifferenceDraws(
    [own.wallNs, own.restNs, ...own.parts.flatMap(({ lowNs, highNs }) => [highNs, lowNs])],
    [other.wallNs, other.restNs, ...other.parts.flatMap(({ lowNs, highNs }) => [lowNs, highNs])],
    options,
  );
  const below = (column: number): number => reach(draws[column], (1 - options.confidence) / 2, -1);
  const above = (column: number): number => reach(draws[column], (1 + options.confidence) / 2, 1);
  const [baselineNs, contenderNs] = [meanOfKnown(own.wallNs), meanOfKnown(other.wallNs)];
  const wallNs = contenderNs - baselineNs;
  const parts = ids.map((id, i): PartDifference => {
    const [from, to] = [own.parts[i] as PartColumns, other.parts[i] as PartColumns];
    const ns = meanOfKnown(to.ns) - meanOfKnown(from.ns);
    const lowNs = meanOfKnown(to.lowNs) - meanOfKnown(from.highNs) - below(2 + 2 * i);
    const highNs = meanOfKnown(to.highNs) - meanOfKnown(from.lowNs) + above(3 + 2 * i);
    return { id, ns, lowNs: Math.min(ns, lowNs), highNs: Math.max(ns, highNs), ofBaseline: ns / baselineNs };
  });
  const restNs = parts.reduce((left, { ns }) => left - ns, wallNs);
  const rest: PartDifference = {
    id: 'unexplained',
    ns: restNs,
    lowNs: restNs - below(1),
    highNs: restNs + above(1),
    ofBaseline: restNs / baselineNs,
  };
  const wall = { ns: wallNs, lowNs: wallNs - below(0), highNs: wallNs + above(0) };
  return { baselineNs, contenderNs, wall, parts: [...parts, rest] };
}

/** How far an interval reaches to one side of the statement; not negative. */
function reach(draws: Float64Array | undefined, quantile: number, sign: number): number {
  return draws === undefined ? 0 : Math.max(0, sign * quantileOfSorted(draws, quantile));
}

/**
 * Parts that at least half of the runs have on both sides. Throttling that one side does not know of cannot happen there, so
 * one side is enough.
 */
function sharedParts(baseline: readonly RunEvidence[], contender: readonly RunEvidence[]): readonly PartId[] {
  const isUsual = (runs: readonly RunEvidence[], id: PartId): boolean =>
    2 * runs.filter(({ parts }) => parts.some((part) => part.id === id)).length >= runs.length;
  const onBoth = (id: PartId): boolean => isUsual(baseline, id) && isUsual(contender, id);
  return PARTS.filter((id) =>
    id === 'throttling'
      ? onBoth('run-queue') && (isUsual(baseline, id) || isUsual(contender, id))
      : onBoth(id),
  );
}

function columnsOf(runs: readonly RunEvidence[], ids: readonly PartId[]): SideColumns {
  const parts = ids.map((id): PartColumns => {
    const found = runs.map(({ parts: own }) => own.find((part) => part.id === id));
    const missing = id === 'throttling' ? 0 : Number.NaN;
    const column = (pick: (part: PartMean) => number): Float64Array =>
      Float64Array.from(found, (part) => (part === undefined ? missing : pick(part)));
    return { ns: column((p) => p.ns), lowNs: column((p) => p.lowNs), highNs: column((p) => p.highNs) };
  });
  const wallNs = Float64Array.from(runs, ({ wallMeanNs }) => wallMeanNs);
  const restNs = wallNs.map((wall, run) => parts.reduce((left, { ns }) => left - (ns[run] as number), wall));
  return { wallNs, restNs, parts };
}
