// Samples in the order in which they were taken, every clock a colour: what drifts, jumps or comes in two kinds shows here.

/** The samples of all runs behind each other, a gap between runs. */
interface CoursePlaces {
  /** Number of the sample, from 1; half way between for gaps. */
  readonly xs: readonly number[];
  readonly run: readonly number[];
}

function drawCourse(place: HTMLElement, one: PageCase): void {
  mountPlot(place, 'Samples in the order in which they were taken', 280, () => coursePlan(chosenResult(one)));
}

function coursePlan(result: PageResult | null): PlotPlan | null {
  const series = clockSeries(result);
  const first = series[0];
  if (first === undefined) return null;
  const places = coursePlaces(first.runs.map(({ length }) => length));
  const columns = series.map(({ runs }) =>
    runs.flatMap((run, index) => (index === 0 ? [...run] : [null, ...run])),
  );
  return {
    data: [[...places.xs], ...columns],
    groups: clockGroups(series),
    options: {
      series: [{}, ...series.map(courseSeries)],
      bands: clockBands(series, 'high'),
      scales: { x: { time: false }, y: { range: fromZero } },
      axes: [
        {
          ...plotAxis({ label: 'sample', ticks: plainTicks }),
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
        },
        plotAxis({ label: 'per iteration', ticks: nsTicks, side: 3 }),
      ],
    },
    describe: (index) => courseWords(index, places, series, columns),
  };
}

function coursePlaces(lengths: readonly number[]): CoursePlaces {
  const xs: number[] = [];
  const run: number[] = [];
  lengths.forEach((length, index) => {
    if (index > 0) {
      xs.push(xs.length - index + 1.5);
      run.push(-1);
    }
    const before = lengths.slice(0, index).reduce((sum, one) => sum + one, 0);
    for (let sample = 1; sample <= length; sample += 1) {
      xs.push(before + sample);
      run.push(index);
    }
  });
  return { xs, run };
}

/** Samples are points, those of the wall rings around those of the device; the ends of a bound are thin lines. */
function courseSeries({ clock, colour, label, runs }: ClockSeries): PlotSeries {
  const stroke = colourOf(colour);
  if (CLOCKS[clock].band !== undefined) return { label, stroke, width: 0.5, points: { show: false } };
  const size = runs.flat().length > 150 ? 4 : 6;
  const isRing = clock === 'wallTime';
  const points = isRing
    ? { show: true, size: size + 3, fill: 'transparent', stroke, width: 1.25 }
    : { show: true, size, fill: stroke, stroke, width: 0 };
  return { label, stroke, paths: () => null, points };
}

function courseWords(
  index: number,
  { xs, run }: CoursePlaces,
  series: readonly ClockSeries[],
  columns: readonly (readonly (number | null)[])[],
): PlotWords | null {
  if ((run[index] ?? -1) < 0) return null;
  const lines = series.flatMap(({ label, colour }, at) => {
    const value = columns[at]?.[index] ?? null;
    return value === null ? [] : [{ label, value: exactNs(value), colour: colour }];
  });
  return { heading: `run ${(run[index] ?? 0) + 1}, sample ${xs[index]}`, lines };
}

/** From zero to a little above the largest: sizes can be compared by eye. */
function fromZero(_plot: Plot, _min: number, max: number): [number, number] {
  return [0, max > 0 ? max * 1.05 : 1];
}
