// The distribution of every clock: as the share of samples up to a time (ECDF), which hides nothing, or as a histogram, which
// shows humps. Both over the samples of all runs.
type DistributionKind = 'ecdf' | 'histogram';

const DISTRIBUTION_KINDS: readonly Choice[] = [
  { value: 'ecdf', label: 'share of samples up to a time' },
  { value: 'histogram', label: 'histogram' },
];

function drawDistributions(place: HTMLElement, one: PageCase): void {
  let kind: DistributionKind = 'ecdf';
  const choice = makeSelect('shown as', DISTRIBUTION_KINDS, kind, (value) => {
    kind = value as DistributionKind;
    mounted.rebuild();
  });
  place.append(make('div', { class: 'controls' }, choice));
  const mounted = mountPlot(place, 'Distribution of the samples of every clock', 280, () =>
    distributionPlan(chosenResult(one), kind),
  );
}

function distributionPlan(result: PageResult | null, kind: DistributionKind): PlotPlan | null {
  const series = clockSeries(result);
  if (series.length === 0) return null;
  const sorted = series.map(sortedSamples);
  const { xs, columns } = kind === 'ecdf' ? ecdfColumns(sorted) : histogramColumns(sorted);
  const isWide = (xs[xs.length - 1] ?? 0) > 100 * (xs[0] ?? 0) && (xs[0] ?? 0) > 0;
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  return {
    data: [xs, ...columns],
    groups: clockGroups(series),
    options: {
      series: [
        {},
        ...series.map(({ label, colour }) => ({
          label,
          stroke: colourOf(colour),
          width: 1.5,
          points: { show: false },
          ...(stepped === undefined ? {} : { paths: stepped }),
        })),
      ],
      // Shorter times come earlier, so the curve of the lower end is above.
      bands: kind === 'ecdf' ? clockBands(series, 'low') : [],
      scales: {
        x: { time: false, distr: isWide ? 3 : 1 },
        y: { range: kind === 'ecdf' ? [0, 1] : fromZero },
      },
      axes: [
        plotAxis({ label: 'per iteration', ticks: nsTicks }),
        plotAxis({ label: 'samples', ticks: kind === 'ecdf' ? percentTicks : plainTicks, side: 3 }),
      ],
    },
    describe: (index) => distributionWords(index, xs, series, columns, kind),
  };
}

interface DistributionColumns {
  readonly xs: number[];
  readonly columns: number[][];
}

/** Lower ends of corrected walls may be next to nothing: an axis down to them would have room for nothing else. */
const MOST_DECADES = 1e4;

/** Every value that any clock showed, down to four decades below the largest, and for each clock the share of its samples up to it. */
function ecdfColumns(sorted: readonly Float64Array[]): DistributionColumns {
  const least = Math.max(...sorted.map((values) => values[values.length - 1] ?? 0)) / MOST_DECADES;
  const shown = sorted.flatMap((values) => [...values].map((value) => Math.max(value, least)));
  const xs = [...new Set(shown)].sort((a, b) => a - b);
  const columns = sorted.map((values) => {
    let seen = 0;
    return xs.map((x) => {
      while (seen < values.length && (values[seen] as number) <= x) seen += 1;
      return seen / values.length;
    });
  });
  return { xs, columns };
}

/** As many bins as the root of the samples, from 12 to 60, of equal width, or of equal ratio over more than two decades. */
function histogramColumns(sorted: readonly Float64Array[]): DistributionColumns {
  const low = Math.min(...sorted.map((values) => values[0] ?? Infinity));
  const high = Math.max(...sorted.map((values) => values[values.length - 1] ?? 0));
  const most = Math.max(...sorted.map(({ length }) => length));
  const bins = Math.min(60, Math.max(12, Math.round(2 * Math.sqrt(most))));
  const isWide = low > 0 && high > 100 * low;
  const edge = (index: number): number =>
    isWide ? low * (high / low) ** (index / bins) : low + ((high - low) * index) / bins;
  const xs = Array.from({ length: bins + 1 }, (_, index) => edge(index));
  const columns = sorted.map((values) => {
    const counts = new Array<number>(bins + 1).fill(0);
    let bin = 0;
    for (const value of values) {
      while (bin < bins - 1 && value >= (xs[bin + 1] as number)) bin += 1;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return counts;
  });
  return { xs: high > low ? xs : xs.map((x, index) => x + index), columns };
}

function distributionWords(
  index: number,
  xs: readonly number[],
  series: readonly ClockSeries[],
  columns: readonly (readonly number[])[],
  kind: DistributionKind,
): PlotWords | null {
  const [from, to] = [xs[index], xs[index + 1]];
  if (from === undefined) return null;
  const text = (value: number): string => (kind === 'ecdf' ? formatPercent(value) : `${value} samples`);
  const isRange = kind === 'histogram' && to !== undefined;
  return {
    heading: isRange ? `${formatNs(from)} to ${formatNs(to)}` : `up to ${exactNs(from)}`,
    lines: series.map(({ label, colour }, at) => ({
      label,
      value: text(columns[at]?.[index] ?? 0),
      colour: colour,
    })),
  };
}
