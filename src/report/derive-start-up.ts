// What a kernel costs before its first byte, and how fast it is after that: the times of a benchmark's sizes fitted to
// T = a + V / b, so that the rate of a size is V / (a + V / b). R. W. Hockney's r∞ and n½ ("The Science of Computer Benchmarking",
// 1996) are b and a × b.
import { type Available, available, unavailable } from '../base/availability.ts';
import { derivedSeed, seededRandom } from '../base/random.ts';
import { medianOfRunMedians } from '../stats/bootstrap.ts';
import { median, quantileOfSorted, type Sorted, sortedCopy } from '../stats/quantile.ts';
import { type Line, type LinePoint, relativeLine, relativeResidual } from '../stats/relative-line.ts';
import { columnOf, sampledRuns } from './case-samples.ts';
import type { DerivedFigure, Estimate } from './derived.ts';
import { formatPercent } from './percent.ts';
import type { CaseResult } from './report.ts';

/** Two parameters, and two sizes more to see whether they are enough. */
const LEAST_SIZES = 4;
/** A line that misses its points by more describes something else, such as caches. */
const WORST_RESIDUAL = 0.2;
/** Enough for the 2.5 % quantile to be stable to some percent of the interval's width. */
const RESAMPLES = 1000;

/** A size with the times that were measured. */
interface SizedCase {
  readonly bytes: number;
  /** Sorted device times of an iteration in ns, or wall times where there are none, by run. */
  readonly runs: readonly Sorted[];
}

/** The fits of one benchmark: one for all sizes at each setting of its other axes. */
export function startUpFigures(
  benchmark: string,
  cases: readonly CaseResult[],
  seed: number,
): readonly DerivedFigure[] {
  const groups = new Map<string, CaseResult[]>();
  for (const one of cases) {
    if (one.fitsStartUp === null || one.status !== 'ok') continue;
    const { [one.fitsStartUp]: _, ...others } = one.axes;
    const key = JSON.stringify(others);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups].flatMap(([key, group]) =>
    fitFigures(benchmark, group, derivedSeed(seed, `${benchmark}/start-up/${key}`)),
  );
}

function fitFigures(benchmark: string, cases: readonly CaseResult[], seed: number): readonly DerivedFigure[] {
  const fit = startUpFit(cases.flatMap(sizedCase), seed);
  const method = `times of ${cases.length} sizes fitted to a + V / b by least squares of the relative residuals; 95 % interval by a hierarchical bootstrap of each size's runs and samples (${RESAMPLES} resamples)`;
  const common = { benchmark, method, cases: cases.map(({ id }) => id) };
  const part = (pick: (fit: StartUpFit) => Estimate): Available<Estimate> =>
    fit.available ? available(pick(fit.value)) : fit;
  return [
    { id: 'startUpTime', unit: 'ns', estimate: part(({ startUpNs }) => startUpNs), ...common },
    { id: 'startUpRate', unit: 'B/s', estimate: part(({ rate }) => rate), ...common },
  ];
}

function sizedCase(one: CaseResult): readonly SizedCase[] {
  const bytes = one.bytes ?? one.axes[one.fitsStartUp ?? ''] ?? 0;
  const column =
    one.kind === 'throughput' && one.metrics.some(({ id }) => id === 'gpuTime') ? 'gpuNs' : 'wallNs';
  const runs = columnOf(sampledRuns(one.runs), column, 'iteration')
    // A time of 0 has no relative error.
    .map((run) => sortedCopy(run.filter((ns) => ns > 0)))
    .filter(({ length }) => length > 0);
  return bytes > 0 && runs.length > 0 ? [{ bytes, runs }] : [];
}

/** Start-up time in ns, and the rate of what follows in B/s. */
export interface StartUpFit {
  readonly startUpNs: Estimate;
  readonly rate: Estimate;
}

/**
 * Fits T = a + V / b.
 *
 * @param seed The same seed gives the same intervals.
 */
export function startUpFit(cases: readonly SizedCase[], seed: number): Available<StartUpFit> {
  const sizes = new Set(cases.map(({ bytes }) => bytes)).size;
  if (sizes < LEAST_SIZES) return unavailable(`${sizes} of at least ${LEAST_SIZES} sizes were measured`);
  const points = cases.map(
    ({ bytes, runs }): LinePoint => ({ x: bytes, y: median(runs.map((run) => quantileOfSorted(run, 0.5))) }),
  );
  if (points.some(({ y }) => !(y > 0))) return unavailable('the time of a size is 0');
  const line = relativeLine(points) as Line;
  const residual = relativeResidual(line, points);
  if (residual > WORST_RESIDUAL)
    return unavailable(
      `the times are no straight line over the sizes: they are off by ${formatPercent(residual)}`,
    );
  const draws = drawnLines(cases, seed);
  const startUpNs = estimate(
    line.intercept,
    draws.map(({ intercept }) => intercept),
  );
  if (startUpNs.high < 0)
    return unavailable('the times grow faster than the sizes, so no start-up time shows');
  if (line.slope <= 0 || draws.some(({ slope }) => slope <= 0))
    return unavailable('the times do not grow with the sizes');
  return available({
    startUpNs,
    rate: estimate(
      1e9 / line.slope,
      draws.map(({ slope }) => 1e9 / slope),
    ),
  });
}

function drawnLines(cases: readonly SizedCase[], seed: number): readonly Line[] {
  const random = seededRandom(seed);
  const sources = cases.map(({ bytes, runs }) => ({ bytes, draw: medianOfRunMedians(runs, random) }));
  return Array.from(
    { length: RESAMPLES },
    () => relativeLine(sources.map(({ bytes, draw }) => ({ x: bytes, y: draw() }))) as Line,
  );
}

function estimate(value: number, draws: readonly number[]): Estimate {
  const sorted = sortedCopy(draws);
  return { value, low: quantileOfSorted(sorted, 0.025), high: quantileOfSorted(sorted, 0.975) };
}
