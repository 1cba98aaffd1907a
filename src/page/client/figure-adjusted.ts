// Raw wall time against what is left of it without steal: samples in ascending order of their raw time, and for each the band
// in which its corrected time lies. Where the band falls away from the line, the hypervisor took time.
const ADJUSTED_CLOCKS: readonly ClockId[] = [
  'wallTime',
  'correctedWallLow',
  'correctedWallHigh',
  'undisturbedWallLow',
  'undisturbedWallHigh',
  'gpuTime',
];

function drawAdjusted(place: HTMLElement, one: PageCase): void {
  mountPlot(place, 'Raw wall time against the wall time without steal', 280, () =>
    adjustedPlan(chosenResult(one)),
  );
}

function adjustedPlan(result: PageResult | null): PlotPlan | null {
  const series = clockSeries(result).filter(({ clock }) => ADJUSTED_CLOCKS.includes(clock));
  const wall = series.find(({ clock }) => clock === 'wallTime');
  if (wall === undefined) return null;
  const flat = series.map(({ runs }) => runs.flat());
  const wallValues = wall.runs.flat();
  const order = wallValues
    .map((_, index) => index)
    .filter((index) => wallValues[index] != null)
    .sort((a, b) => (wallValues[a] as number) - (wallValues[b] as number));
  const xs = order.map((_, rank) => (rank + 0.5) / order.length);
  const columns = flat.map((values) => order.map((index) => values[index] ?? null));
  return {
    data: [xs, ...columns],
    groups: clockGroups(series),
    options: {
      series: [{}, ...series.map(adjustedSeries)],
      bands: clockBands(series, 'high'),
      scales: { x: { time: false, range: (_plot, min, max) => [min, max] }, y: { range: fromZero } },
      axes: [
        plotAxis({ label: 'samples, by their raw wall time', ticks: percentTicks }),
        plotAxis({ label: 'per iteration', ticks: nsTicks, side: 3 }),
      ],
    },
    describe: (index) => adjustedWords(index, xs, series, columns),
  };
}

function adjustedSeries({ clock, label, colour }: ClockSeries): PlotSeries {
  const stroke = colourOf(colour);
  if (clock === 'gpuTime') {
    return { label, stroke, paths: () => null, points: { show: true, size: 4, fill: stroke, width: 0 } };
  }
  return { label, stroke, width: CLOCKS[clock].band === undefined ? 2 : 0.5, points: { show: false } };
}

function adjustedWords(
  index: number,
  xs: readonly number[],
  series: readonly ClockSeries[],
  columns: readonly (readonly (number | null)[])[],
): PlotWords | null {
  const share = xs[index];
  if (share === undefined) return null;
  return {
    heading: `sample at ${formatPercent(share)} of the wall times`,
    lines: series.flatMap(({ label, colour }, at) => {
      const value = columns[at]?.[index] ?? null;
      return value === null ? [] : [{ label, value: exactNs(value), colour: colour }];
    }),
  };
}
