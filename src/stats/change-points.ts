// Where a series of reports changes its level: the same test as between two sides, asked at every place between two reports. It
// knows reports only as samples of runs in the order of time, and nothing of what may have changed.
import { derivedSeed } from '../base/random.ts';
import { median } from './quantile.ts';
import type { ValueInterval } from './ratio-interval.ts';
import { ratioOf, runMediansOf } from './ratio-of-runs.ts';
import { ratioTest } from './ratio-test.ts';
import { leastAbsoluteSplit } from './split-cost.ts';

/** A place where the level changes. */
export interface ChangePoint {
  /** The first point of the new level. */
  readonly index: number;
  /** The level from here to the next change over that since the last one. */
  readonly ratio: ValueInterval;
  /** Of no change beyond the noise floor, corrected for the number of places looked at. */
  readonly p: number;
}

/** What counts as a change. */
export interface ChangePointOptions {
  readonly seed: number;
  /** Levels whose ratio lies within 1 ± this are one. */
  readonly noiseFloor: number;
  /** Probability of any false change in a series without one. */
  readonly alpha: number;
  /** Fewest points of a level; default 2, because one report alone may have met a bad hour. */
  readonly minimumPoints?: number;
  /** Of the intervals; default 10,000. */
  readonly resamples?: number;
}

/** Fewest runs of a level: as many as a side of a comparison needs. */
const FEWEST_RUNS = 5;

/** A series as the search sees it. */
interface Series {
  /** Medians of all runs, in the order of time. */
  readonly medians: Float64Array;
  /** Where the runs of each point begin in `medians`, and where the last ends. */
  readonly starts: readonly number[];
  readonly noiseFloor: number;
  readonly alpha: number;
  readonly minimumPoints: number;
  /** Places looked at in the whole series. */
  readonly places: number;
}

/** Points `from` up to `to`. */
type Stretch = readonly [from: number, to: number];

/** A place with its p-value. */
interface Split {
  readonly index: number;
  readonly p: number;
}

/**
 * Finds changes by seeded binary segmentation (S. Kovács, P. Bühlmann, H. Li and A. Munk, Biometrika 110, 2023): the whole series
 * and overlapping stretches of a half, a quarter… of it are each split at the best place, the most certain split is taken, and
 * both parts are searched again. Splitting the whole alone would overlook a level that comes and goes.
 *
 * The best place is where the absolute deviations from the medians of both parts are least (J. Bai, "Least Absolute Deviation
 * Estimation of a Shift", Econometric Theory 11, 1995); a split counts where `ratioTest()` holds for all runs before against all
 * runs after, its p-value multiplied by the number of all places looked at in the series (Bonferroni). In the end each change is
 * placed and tested once more between its neighbours.
 *
 * Runs are the unit of evidence, and reports too where a level has at least five of them. A level of fewer reports cannot be told
 * from reports that differ among themselves (another day, another neighbour) by more than the noise floor.
 *
 * @param points Samples of the runs of each report, in the order of time; a run without samples does not count.
 * @returns In the order of time.
 */
export function changePoints(
  points: readonly (readonly Float64Array[])[],
  options: ChangePointOptions,
): ChangePoint[] {
  const series = seriesOf(points, options);
  const found = settled(series, search(series, 0, points.length));
  return found.map(({ index, p }, i) => {
    const before = points.slice(found[i - 1]?.index ?? 0, index).flat();
    const after = points.slice(index, found[i + 1]?.index).flat();
    const seed = derivedSeed(options.seed, `change at ${index}`);
    const { resamples } = options;
    const ratio = ratioOf(before, after, { seed, ...(resamples === undefined ? {} : { resamples }) });
    return { index, ratio: (ratio as NonNullable<typeof ratio>).ratio, p };
  });
}

function seriesOf(
  points: readonly (readonly Float64Array[])[],
  { noiseFloor, alpha, minimumPoints = 2 }: ChangePointOptions,
): Series {
  const medians = points.map(runMediansOf);
  const starts = [0];
  for (const { length } of medians) starts.push((starts.at(-1) as number) + length);
  const flat = new Float64Array(starts.at(-1) as number);
  medians.forEach((values, point) => {
    flat.set(values, starts[point]);
  });
  const series = { medians: flat, starts, noiseFloor, alpha, minimumPoints, places: 1 };
  const places = seededStretches(series, 0, points.length).map(
    (stretch) => placesIn(series, ...stretch).length,
  );
  return { ...series, places: places.reduce((sum, count) => sum + count, 0) };
}

/** Where the points `from` up to `to` may be split. */
function placesIn({ starts, minimumPoints }: Series, from: number, to: number): readonly number[] {
  const start = (point: number): number => starts[point] as number;
  const places: number[] = [];
  for (let index = from + minimumPoints; index <= to - minimumPoints; index++) {
    const isLong = start(index) - start(from) >= FEWEST_RUNS && start(to) - start(index) >= FEWEST_RUNS;
    if (isLong) places.push(index);
  }
  return places;
}

/** The whole, and stretches of a half, a quarter… of it, each overlapping the next by half. */
function seededStretches({ minimumPoints }: Series, from: number, to: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (let size = to - from; size >= 2 * minimumPoints; size = Math.floor(size / 2)) {
    const step = Math.ceil(size / 2);
    for (let start = from; start + size < to; start += step) stretches.push([start, start + size]);
    stretches.push([to - size, to]);
  }
  return stretches;
}

/** The changes between two points, in the order of time. */
function search(series: Series, from: number, to: number): readonly Split[] {
  const splits = seededStretches(series, from, to).map((stretch) => bestSplit(series, ...stretch));
  const split = splits.reduce(
    (best, one) => (one !== null && (best === null || one.p < best.p) ? one : best),
    null,
  );
  if (split === null) return [];
  return [...search(series, from, split.index), split, ...search(series, split.index, to)];
}

/** Places and tests each change between its neighbours, and leaves out those that do not hold there. */
function settled(series: Series, splits: readonly Split[]): readonly Split[] {
  const kept: Split[] = [];
  const end = series.starts.length - 1;
  splits.forEach((_, i) => {
    const again = bestSplit(series, kept.at(-1)?.index ?? 0, splits[i + 1]?.index ?? end);
    if (again !== null) kept.push(again);
  });
  return kept;
}

/** The best place to split, if the test holds there. */
function bestSplit(series: Series, from: number, to: number): Split | null {
  const { medians, starts, alpha } = series;
  const places = placesIn(series, from, to);
  if (places.length === 0) return null;
  const [start, end] = [starts[from] as number, starts[to] as number];
  const logs = medians.subarray(start, end).map(Math.log);
  const at = leastAbsoluteSplit(
    logs,
    places.map((index) => (starts[index] as number) - start),
  );
  const index = places[at] as number;
  const raw = testedAt(series, from, index, to);
  const p = Math.min(1, raw * series.places);
  return p <= alpha ? { index, p } : null;
}

/**
 * The p-value of all runs before against all after; where both levels have enough reports, that of the medians of reports if it
 * is larger, so that reports that differ among themselves are no change.
 */
function testedAt({ medians, starts, noiseFloor }: Series, from: number, index: number, to: number): number {
  const runs = (first: number, end: number): Float64Array => medians.subarray(starts[first], starts[end]);
  const reports = (first: number, end: number): number[] =>
    Array.from({ length: end - first }, (_, i) => median(runs(first + i, first + i + 1))).filter(
      Number.isFinite,
    );
  const overRuns = ratioTest(runs(from, index), runs(index, to), noiseFloor);
  const [before, after] = [reports(from, index), reports(index, to)];
  if (Math.min(before.length, after.length) < FEWEST_RUNS) return overRuns;
  return Math.max(overRuns, ratioTest(before, after, noiseFloor));
}
