// The difference of two sides by part, with what is left unexplained: means over runs, the parts' own bounds and a bootstrap
// over runs in one interval. Arithmetic only; explain-case.ts puts it into words.
import { seededRandom } from '../base/random.ts';
import type { PartId, PartMean, RunEvidence } from '../evidence/evidence.ts';
import { PARTS } from '../evidence/part-labels.ts';
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

/** A side as columns over its runs: the wall and, by part, best statement and both ends. */
interface Columns {
  readonly runs: number;
  readonly wallNs: Float64Array;
  readonly parts: ReadonlyMap<PartId, Ends>;
}

/** One number a run; NaN where the run does not have the part. */
interface Ends {
  readonly ns: Float64Array;
  readonly lowNs: Float64Array;
  readonly highNs: Float64Array;
}

/** Work for the bootstrap of one case: bounded, because hundreds of runs need fewer resamples. */
const DRAWN_VALUES = 200_000;
const LEAST_RESAMPLES = 200;

/**
 * The differences by part. The low end of a part is that of contender's low less baseline's high end, at the lower quantile
 * over resampled runs; the high end likewise. Percentile bootstrap over runs (Davison and Hinkley 1997, section 5.3), widened
 * by √(n / (n − 1)), because resamples of few runs vary less than runs do. With one run a side nothing is known of runs.
 */
export function partDifferences(
  baseline: readonly RunEvidence[],
  contender: readonly RunEvidence[],
  options: DifferenceOptions,
): Differences {
  const ids = sharedParts(baseline, contender);
  const sides = [columnsOf(baseline, ids), columnsOf(contender, ids)] as const;
  const baselineNs = mean(sides[0].wallNs);
  const contenderNs = mean(sides[1].wallNs);
  const resampled = resample(sides, ids, options);
  const parts = ids.map((id, i): PartDifference => {
    const [own, other] = [sides[0].parts.get(id) as Ends, sides[1].parts.get(id) as Ends];
    const ns = mean(other.ns) - mean(own.ns);
    const lowNs = mean(other.lowNs) - mean(own.highNs) - spread(resampled.low(i), options, 'below');
    const highNs = mean(other.highNs) - mean(own.lowNs) + spread(resampled.high(i), options, 'above');
    return { id, ns, lowNs: Math.min(ns, lowNs), highNs: Math.max(ns, highNs), ofBaseline: ns / baselineNs };
  });
  const around = (ns: number, draws: Draws): { ns: number; lowNs: number; highNs: number } => ({
    ns,
    lowNs: ns - spread(draws, options, 'below'),
    highNs: ns + spread(draws, options, 'above'),
  });
  const wall = around(contenderNs - baselineNs, resampled.wall);
  const left = around(wall.ns - parts.reduce((sum, { ns }) => sum + ns, 0), resampled.unexplained);
  const unexplained: PartDifference = { id: 'unexplained', ...left, ofBaseline: left.ns / baselineNs };
  return { baselineNs, contenderNs, wall, parts: [...parts, unexplained] };
}

/**
 * Parts that at least half of the runs have on both sides. Throttling that one side does not know of cannot happen there, so
 * one side is enough.
 */
function sharedParts(baseline: readonly RunEvidence[], contender: readonly RunEvidence[]): readonly PartId[] {
  const isUsual = (runs: readonly RunEvidence[], id: PartId): boolean =>
    2 * runs.filter(({ parts }) => parts.some((part) => part.id === id)).length >= runs.length;
  return PARTS.filter((id) => {
    const [own, other] = [isUsual(baseline, id), isUsual(contender, id)];
    if (id === 'throttling')
      return (own || other) && isUsual(baseline, 'run-queue') && isUsual(contender, 'run-queue');
    return own && other;
  });
}

function columnsOf(runs: readonly RunEvidence[], ids: readonly PartId[]): Columns {
  const parts = new Map<PartId, Ends>();
  for (const id of ids) {
    const found = runs.map(({ parts: own }) => own.find((part) => part.id === id));
    const missing = id === 'throttling' ? 0 : Number.NaN;
    const column = (pick: (part: PartMean) => number): Float64Array =>
      Float64Array.from(found, (part) => (part === undefined ? missing : pick(part)));
    parts.set(id, {
      ns: column((p) => p.ns),
      lowNs: column((p) => p.lowNs),
      highNs: column((p) => p.highNs),
    });
  }
  return { runs: runs.length, wallNs: Float64Array.from(runs, ({ wallMeanNs }) => wallMeanNs), parts };
}

/** Deviations from the mean that a bootstrap drew, ascending, and by how much few runs widen them. */
interface Draws {
  readonly sorted: Float64Array;
}

interface Resampled {
  readonly wall: Draws;
  readonly unexplained: Draws;
  readonly low: (part: number) => Draws;
  readonly high: (part: number) => Draws;
}

function resample(
  sides: readonly [Columns, Columns],
  ids: readonly PartId[],
  { seed, resamples }: DifferenceOptions,
): Resampled {
  const values = (sides[0].runs + sides[1].runs) * (2 + 2 * ids.length);
  const count = Math.max(LEAST_RESAMPLES, Math.min(resamples, Math.ceil(DRAWN_VALUES / values)));
  const random = seededRandom(seed);
  const make = (): Float64Array => new Float64Array(count);
  const [wall, unexplained] = [make(), make()];
  const [low, high] = [ids.map(make), ids.map(make)];
  const deviations = sides.map((side) => deviationsOf(side, ids));
  for (let i = 0; i < count; i++) {
    deviations.forEach((side, s) => {
      const sign = s === 0 ? -1 : 1;
      for (let k = 0; k < side.runs; k++) {
        const run = Math.floor(random() * side.runs);
        const weight = (sign * side.widening) / side.runs;
        wall[i] = (wall[i] as number) + weight * (side.wall[run] as number);
        unexplained[i] = (unexplained[i] as number) + weight * (side.unexplained[run] as number);
        for (let p = 0; p < ids.length; p++) {
          // The low end of a difference takes the baseline's high end.
          const [lows, highs] = s === 0 ? [side.high[p], side.low[p]] : [side.low[p], side.high[p]];
          (low[p] as Float64Array)[i] = ((low[p] as Float64Array)[i] as number) + weight * (lows?.[run] ?? 0);
          (high[p] as Float64Array)[i] =
            ((high[p] as Float64Array)[i] as number) + weight * (highs?.[run] ?? 0);
        }
      }
    });
  }
  const drawn = (draws: Float64Array | undefined): Draws => ({ sorted: (draws ?? make()).sort() });
  return {
    wall: drawn(wall),
    unexplained: drawn(unexplained),
    low: (part) => drawn(low[part]),
    high: (part) => drawn(high[part]),
  };
}

/** By how far each run is from the mean of its side. */
interface Deviations {
  readonly runs: number;
  readonly widening: number;
  readonly wall: Float64Array;
  readonly unexplained: Float64Array;
  readonly low: readonly Float64Array[];
  readonly high: readonly Float64Array[];
}

function deviationsOf({ runs, wallNs, parts }: Columns, ids: readonly PartId[]): Deviations {
  const ends = ids.map((id) => parts.get(id) as Ends);
  const unexplained = wallNs.map((wall, run) =>
    ends.reduce((left, { ns }) => left - (Number.isNaN(ns[run]) ? mean(ns) : (ns[run] as number)), wall),
  );
  return {
    runs,
    widening: runs > 1 ? Math.sqrt(runs / (runs - 1)) : 0,
    wall: centred(wallNs),
    unexplained: centred(unexplained),
    low: ends.map(({ lowNs }) => centred(lowNs)),
    high: ends.map(({ highNs }) => centred(highNs)),
  };
}

/** Distances to the mean; a run without a value is at the mean. */
function centred(values: Float64Array): Float64Array {
  const center = mean(values);
  return values.map((value) => (Number.isNaN(value) ? 0 : value - center));
}

function mean(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** How far the interval reaches below or above the statement; not negative. */
function spread({ sorted }: Draws, { confidence }: DifferenceOptions, side: 'below' | 'above'): number {
  const at = side === 'below' ? (1 - confidence) / 2 : (1 + confidence) / 2;
  return Math.max(0, (side === 'below' ? -1 : 1) * quantileOfSorted(sorted, at));
}
