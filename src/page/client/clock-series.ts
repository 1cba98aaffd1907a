// The samples of a case by clock, ready for plots: which clocks a result has, how each is drawn, and where the two ends of a
// bound make a band.
interface ClockSeries {
  readonly clock: ClockId;
  readonly label: string;
  readonly colour: ColourName;
  readonly runs: readonly (readonly (number | null)[])[];
}

/** The clocks that have samples, in their order. */
function clockSeries(result: PageResult | null): readonly ClockSeries[] {
  return CLOCK_ORDER.flatMap((clock) => {
    const runs = result?.clocks[clock] ?? [];
    const hasSamples = runs.some((run) => run.some((value) => value !== null));
    return hasSamples ? [{ clock, label: CLOCKS[clock].label, colour: CLOCKS[clock].colour, runs }] : [];
  });
}

/** Clocks that are shown at once; the others by their button. */
const SHOWN_AT_ONCE: ReadonlySet<ColourName> = new Set(['gpuTime', 'wallTime', 'correctedWall']);

const GROUP_LABELS: Readonly<Partial<Record<ColourName, string>>> = {
  correctedWall: 'wall time without steal',
  undisturbedWall: 'undisturbed wall time',
};

/** One button for each clock, one for both ends of a bound. */
function clockGroups(series: readonly ClockSeries[]): readonly PlotGroup[] {
  const colours = [...new Set(series.map(({ colour }) => colour))];
  const isAlone = !colours.some((colour) => SHOWN_AT_ONCE.has(colour));
  return colours.map((colour) => ({
    label: GROUP_LABELS[colour] ?? series.find((one) => one.colour === colour)?.label ?? '',
    colour,
    series: series.flatMap((one, index) => (one.colour === colour ? [index + 1] : [])),
    hidden: !isAlone && !SHOWN_AT_ONCE.has(colour),
  }));
}

/**
 * Fills between the two ends of the bounds.
 *
 * @param above Which end is drawn above the other.
 */
function clockBands(series: readonly ClockSeries[], above: 'low' | 'high'): import('uplot').Band[] {
  return series.flatMap(({ clock, colour }, index) => {
    if (CLOCKS[clock].band !== 'high') return [];
    const low = series.findIndex((one) => one.colour === colour && CLOCKS[one.clock].band === 'low');
    if (low < 0) return [];
    const [upper, lower] = above === 'high' ? [index, low] : [low, index];
    return [
      { series: [upper + 1, lower + 1] as [number, number], fill: translucent(colourOf(colour), 0.25) },
    ];
  });
}

/** All samples of a clock over all runs, in ascending order. */
function sortedSamples({ runs }: ClockSeries): Float64Array {
  return Float64Array.from(runs.flat().filter((value): value is number => value !== null)).sort();
}

/** `12.3 µs · 12 345.6 ns`: as the table has it, and exactly. */
function exactNs(ns: number): string {
  return `${formatNs(ns)} · ${exactNumber(Math.round(ns * 10) / 10)} ns`;
}
