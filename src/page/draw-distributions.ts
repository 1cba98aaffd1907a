// How the times of a case are spread, one row a clock: the clocks of the whole on one linear axis, so that raw and corrected
// can be laid over each other, and the small ones on a logarithmic one.
import { formatNs, formatNsRange } from '../base/units.ts';
import { median, quantileOfSorted, type Sorted, sortedCopy } from '../stats/quantile.ts';
import { clockValues } from './case-clocks.ts';
import { BELOW, histogram } from './histogram.ts';
import { type Content, joined, type Markup } from './markup.ts';
import type { PageCase } from './page-data.ts';
import { FIGURES, type PAGE_CLOCKS } from './page-elements.ts';
import { figure, figureRow, swatch } from './page-figure.ts';
import { estimateOf, type PageGroup, resultsOf } from './page-groups.ts';
import { CLOCK_WORDS, tickNs } from './page-words.ts';
import { linearScale, logScale, type Scale } from './plot-scale.ts';
import { axisDrawing, dot, drawing, gridLines, line, path, stretched } from './svg-plot.ts';

type ClockId = (typeof PAGE_CLOCKS)[number];

const WHOLE: readonly ClockId[] = ['gpuTime', 'wallTime', 'correctedWallHigh', 'undisturbedWallHigh'];
const SMALL: readonly ClockId[] = ['cpuTime', 'submitTime', 'queueTime', 'wakeUpTime'];
/** The least that the clocks allow of the same samples, drawn as an outline. */
const LEAST: Readonly<Partial<Record<ClockId, ClockId>>> = {
  correctedWallHigh: 'correctedWallLow',
  undisturbedWallHigh: 'undisturbedWallLow',
};
const NAMES: Readonly<Partial<Record<ClockId, string>>> = {
  correctedWallHigh: 'corrected wall',
  undisturbedWallHigh: 'undisturbed wall',
};
/** The metric of the same name, whose value the line and the text give. */
const METRICS: Readonly<Partial<Record<ClockId, string>>> = { correctedWallHigh: 'correctedWallTime' };
const HEIGHT = 40;
/** The axis ends where so many samples are beyond it: one outlier would flatten the rest. */
const SHOWN = 0.99;

/** One clock of one group. */
interface Spread {
  readonly id: ClockId;
  readonly name: string;
  readonly sorted: Sorted;
  readonly least: Sorted | null;
  readonly runMedians: readonly number[];
  /** As the report has it: of the run medians. */
  readonly middle: number;
  readonly text: string;
}

/** The figure; null where there are no samples. */
export function distributions(page: PageCase, index: number, groups: readonly PageGroup[]): Markup | null {
  const spreads = (ids: readonly ClockId[]): readonly Spread[] =>
    groups.flatMap((group) => ids.flatMap((id) => spreadOf(id, page, group)));
  const [whole, small] = [spreads(WHOLE), spreads(SMALL)];
  if (whole.length + small.length === 0) return null;
  return figure(
    {
      figure: FIGURES.distributions,
      case: index,
      title: 'Distribution of every clock',
      caption:
        'Height is how many samples took so long; the line is the median, dots are the medians of single runs. Of a corrected wall the area is the most that the clocks allow and the outline the least. Submit, queue and wake-up are of a whole submission. Axes end where 1 % of the samples lie beyond.',
    },
    whole.length > 0 && rows(whole, wholeScale(whole)),
    small.length > 0 && rows(small, smallScale(small)),
  );
}

function spreadOf(id: ClockId, page: PageCase, group: PageGroup): readonly Spread[] {
  const results = resultsOf(page, group);
  const runs = results.flatMap(({ clocks }) => clocks[id] ?? []).map(known);
  const values = runs.flat();
  if (values.length < 2) return [];
  const lowId = LEAST[id];
  const least = lowId === undefined ? [] : results.flatMap(({ clocks }) => clockValues(clocks, lowId));
  const name = NAMES[id] ?? CLOCK_WORDS[id].words;
  const runMedians = runs
    .filter(({ length }) => length > 0)
    .map((run) => quantileOfSorted(sortedCopy(run), 0.5));
  const metric = estimateOf(page, group, METRICS[id] ?? id);
  const middle = metric?.[0] ?? median(runMedians);
  return [
    {
      id,
      name: group.name === 'all' ? name : `${name}, ${group.name}`,
      sorted: sortedCopy(values),
      least: least.length < 2 ? null : sortedCopy(least),
      runMedians,
      middle,
      text: least.length < 2 || metric === null ? formatNs(middle) : formatNsRange(metric[1], metric[2]),
    },
  ];
}

function known(run: readonly (number | null)[]): readonly number[] {
  return run.filter((value): value is number => value !== null);
}

function wholeScale(spreads: readonly Spread[]): Scale {
  const low = Math.min(
    ...spreads.map(({ sorted, least }) => Math.min(sorted[0] as number, (least ?? sorted)[0] as number)),
  );
  const high = Math.max(...spreads.map(({ sorted }) => quantileOfSorted(sorted, SHOWN)));
  return linearScale(low * 0.98, high * 1.02);
}

function smallScale(spreads: readonly Spread[]): Scale {
  const positive = spreads.flatMap(({ sorted }) => sorted.find((value) => value > 0) ?? []);
  const high = Math.max(1, ...spreads.map(({ sorted }) => quantileOfSorted(sorted, SHOWN)));
  return logScale(Math.max(1, Math.min(high / 10, ...positive)), high * 1.1);
}

function rows(spreads: readonly Spread[], scale: Scale): Content {
  return joined(
    ...spreads.map((spread) =>
      figureRow(
        swatch(CLOCK_WORDS[spread.id].colour, spread.name),
        spread.text,
        spreadDrawing(spread, scale),
      ),
    ),
    figureRow('', '', axisDrawing(scale, tickNs, '')),
  );
}

function spreadDrawing({ id, name, sorted, least, runMedians, middle }: Spread, scale: Scale): Markup {
  const { colour } = CLOCK_WORDS[id];
  const q = (p: number): number => quantileOfSorted(sorted, p);
  const title = `${name}: median ${formatNs(middle)}, 5 % at ${formatNs(q(0.05))}, 95 % at ${formatNs(q(0.95))}`;
  const at = scale.at(middle);
  return drawing(
    HEIGHT,
    { title, description: `${sorted.length} samples` },
    gridLines(scale, HEIGHT),
    stretched(
      HEIGHT,
      path(`area fill-${colour}`, histogram(sorted, scale, HEIGHT)),
      least !== null && path(`outline stroke-${colour}`, histogram(least, scale, HEIGHT)),
    ),
    line('baseline', 0, HEIGHT - BELOW, 100, HEIGHT - BELOW),
    line(`median stroke-${colour}`, at, 2, at, HEIGHT - BELOW),
    runMedians.slice(0, 40).map((ns) => dot(`run fill-${colour}`, scale.at(ns), HEIGHT - 3, 2.2)),
  );
}
