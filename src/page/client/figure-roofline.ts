// Achieved FLOP/s against FLOP per byte, both logarithmic, under the measured roofs of bandwidth and arithmetic (Williams,
// Waterman and Patterson, "Roofline", 2009).
interface RooflinePoint {
  readonly one: PageCase;
  readonly group: ReportGroup;
  readonly colour: ColourName;
  readonly intensity: number;
  readonly estimate: PageEstimate;
}

/** Of the cases of one side each. */
const ROOFLINE_COLOURS: readonly ColourName[] = ['accent', 'steal'];

function drawRoofline(place: HTMLElement): void {
  mountPlot(place, 'Roofline: FLOP/s against FLOP per byte', 340, rooflinePlan);
}

function rooflinePoints(): readonly RooflinePoint[] {
  const points = shownGroups().flatMap((group, index) =>
    pageState.data.cases.flatMap((one): readonly RooflinePoint[] => {
      const estimate = groupEstimate(one, group, 'arithmetic');
      if (estimate === null || !one.bytes || !one.flops) return [];
      const colour = ROOFLINE_COLOURS[index] ?? 'accent';
      return [{ one, group, colour, intensity: one.flops / one.bytes, estimate }];
    }),
  );
  return points.sort((a, b) => a.intensity - b.intensity);
}

function rooflinePlan(): PlotPlan | null {
  const points = rooflinePoints();
  const { bandwidth, arithmetic } = pageState.data.roofs;
  const roofs = Object.entries(arithmetic);
  if (points.length === 0 && (bandwidth === null || roofs.length === 0)) return null;
  const ridges = bandwidth === null ? [] : roofs.map(([, roof]) => roof[0] / bandwidth[0]);
  const ends = [...points.map(({ intensity }) => intensity), ...ridges];
  const [least, most] = [Math.min(...ends) / 4, Math.max(...ends) * 4];
  const xs = [...new Set([least, ...ends, most])].sort((a, b) => a - b);
  const groups = shownGroups();
  const achieved = groups.map(({ label }) => {
    const own = points.filter(({ group }) => group.label === label);
    return xs.map((x) => own.find(({ intensity }) => intensity === x)?.estimate[0] ?? null);
  });
  const roofColumns = roofs.map(([, roof]) =>
    xs.map((x) => (bandwidth === null ? roof[0] : Math.min(roof[0], x * bandwidth[0]))),
  );
  return {
    data: [xs, ...achieved, ...roofColumns],
    groups: [
      ...groups.map(({ label }, index) => ({
        label: label === '' ? 'cases' : label,
        colour: ROOFLINE_COLOURS[index] ?? ('accent' as const),
        series: [index + 1],
      })),
      ...roofs.map(([name], index) => ({
        label: `roof ${name}`,
        colour: SWEEP_COLOURS[index % SWEEP_COLOURS.length] ?? ('quiet' as const),
        series: [index + 1 + groups.length],
      })),
    ],
    options: {
      series: [{}, ...groups.map(rooflineCases), ...roofs.map(([name], index) => rooflineRoof(name, index))],
      scales: {
        x: { time: false, distr: 3, range: () => [least, most] },
        y: { distr: 3, range: (_plot, min, max) => uPlot.rangeLog(min, max, 10, true) },
      },
      axes: [
        plotAxis({ label: 'FLOP per byte', ticks: plainTicks }),
        plotAxis({ label: 'achieved', ticks: rateTicks('FLOP/s'), side: 3, size: 84 }),
      ],
      hooks: { draw: [(plot: Plot) => paintRooflineCases(plot, points)] },
    },
    describe: (_index, _x, plot) => rooflineWords(plot, points),
  };
}

/** Several cases can have one intensity, so their marks are painted one by one. */
function rooflineCases({ label }: ReportGroup): PlotSeries {
  return { label, stroke: colourOf('accent'), paths: () => null, points: { show: false } };
}

function rooflineRoof(name: string, index: number): PlotSeries {
  const colour = SWEEP_COLOURS[index % SWEEP_COLOURS.length] ?? 'quiet';
  return { label: `roof ${name}`, stroke: colourOf(colour), width: 1.5, points: { show: false } };
}

function paintRooflineCases(plot: Plot, points: readonly RooflinePoint[]): void {
  const { ctx } = plot;
  // Two sides that are the same are both seen.
  const groups = shownGroups().length;
  ctx.save();
  for (const { intensity, estimate, colour } of points.filter((point) => isShown(plot, point))) {
    ctx.fillStyle = colourOf(colour);
    ctx.beginPath();
    ctx.arc(
      plot.valToPos(intensity, 'x', true),
      plot.valToPos(estimate[0], 'y', true),
      (groups < 2 ? 4 : colour === 'steal' ? 3 : 5.5) * devicePixelRatio,
      0,
      2 * Math.PI,
    );
    ctx.fill();
  }
  ctx.restore();
}

function isShown(plot: Plot, { colour }: RooflinePoint): boolean {
  return plot.series[ROOFLINE_COLOURS.indexOf(colour) + 1]?.show !== false;
}

/** The case nearest to the pointer. */
function rooflineWords(plot: Plot, points: readonly RooflinePoint[]): PlotWords | null {
  const { left = 0, top = 0 } = plot.cursor;
  const distance = ({ intensity, estimate }: RooflinePoint): number =>
    Math.hypot(plot.valToPos(intensity, 'x') - left, plot.valToPos(estimate[0], 'y') - top);
  const [nearest] = points.filter((point) => isShown(plot, point)).sort((a, b) => distance(a) - distance(b));
  if (nearest === undefined || distance(nearest) > 40) return null;
  const { one, group, intensity, estimate } = nearest;
  const bandwidth = groupEstimate(one, group, 'bandwidth');
  return {
    heading: group.label === '' ? one.id : `${one.id}, ${group.label}`,
    lines: [
      { label: 'arithmetic', value: estimateText('arithmetic', estimate, one.itemName) },
      ...(bandwidth === null
        ? []
        : [{ label: 'bandwidth', value: estimateText('bandwidth', bandwidth, one.itemName) }]),
      { label: 'intensity', value: `${Number(intensity.toPrecision(3))} FLOP/B` },
    ],
  };
}
