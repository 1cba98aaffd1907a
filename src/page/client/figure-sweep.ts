// A metric of a benchmark against one of its axes, the other axes told apart by colour: bandwidth against size, latency against
// size, and whatever else was swept.
const SWEEP_COLOURS: readonly ColourName[] = [
  'gpuTime',
  'wallTime',
  'correctedWall',
  'submitTime',
  'wakeUpTime',
  'queueTime',
  'copy',
  'cpuTime',
];

interface SweepChoice {
  readonly axis: string;
  readonly metric: string;
}

/** One line: the cases that differ in the chosen axis only. */
interface SweepLine {
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly one: PageCase; readonly estimate: PageEstimate }[];
}

function drawSweep(place: HTMLElement, benchmark: string): void {
  const cases = pageState.data.cases.filter((one) => one.benchmark === benchmark);
  const axes = sweptAxes(cases);
  const metrics = [
    ...new Set(cases.flatMap((one) => one.results.flatMap((result) => Object.keys(result?.metrics ?? {})))),
  ];
  if (axes.length === 0 || metrics.length === 0) return;
  let chosen: SweepChoice = { axis: axes[0] as string, metric: preferredSweepMetric(cases, metrics) };
  const change = (part: Partial<SweepChoice>): void => {
    chosen = { ...chosen, ...part };
    mounted.rebuild();
  };
  const metricChoices = metrics.map((id) => ({ value: id, label: metricWords(id).label }));
  place.append(
    make(
      'div',
      { class: 'controls' },
      makeSelect('metric', metricChoices, chosen.metric, (metric) => change({ metric })),
      makeSelect(
        'against',
        axes.map((axis) => ({ value: axis, label: axis })),
        chosen.axis,
        (axis) => change({ axis }),
      ),
    ),
  );
  const mounted = mountPlot(place, `${benchmark}: a metric against an axis`, 280, () =>
    sweepPlan(cases, chosen),
  );
}

/** The value of a case on an axis, whatever the axis is called. */
function axisValue({ axes }: PageCase, axis: string): number | undefined {
  return Object.hasOwn(axes, axis) ? axes[axis] : undefined;
}

/** Axes with several values, those with the most first: the title of the figure names the first one. */
function sweptAxes(cases: readonly PageCase[]): readonly string[] {
  const names = [...new Set(cases.flatMap(({ axes }) => Object.keys(axes)))];
  const values = (name: string): number => new Set(cases.map((one) => axisValue(one, name))).size;
  return names.filter((name) => values(name) > 1).sort((a, b) => values(b) - values(a));
}

function preferredSweepMetric(cases: readonly PageCase[], metrics: readonly string[]): string {
  const isLatency = cases.every(({ kind }) => kind === 'latency');
  const wanted = isLatency
    ? ['wallTime']
    : ['bandwidth', 'arithmetic', 'itemRate', 'itemTime', 'gpuTime', 'wallTime'];
  return wanted.find((id) => metrics.includes(id)) ?? metrics[0] ?? 'wallTime';
}

function sweepLines(cases: readonly PageCase[], { axis, metric }: SweepChoice): readonly SweepLine[] {
  const lines = new Map<string, SweepLine['points'][number][]>();
  const others = sweptAxes(cases).filter((name) => name !== axis);
  for (const one of cases) {
    const x = axisValue(one, axis);
    if (x === undefined) continue;
    const setting = others.map((name) => `${name}=${formatQuantity(axisValue(one, name) ?? 0)}`);
    for (const group of shownGroups()) {
      const estimate = groupEstimate(one, group, metric);
      if (estimate === null) continue;
      const label = [...setting, ...(group.label === '' ? [] : [group.label])].join(', ');
      lines.set(label, [...(lines.get(label) ?? []), { x, one, estimate }]);
    }
  }
  return [...lines].slice(0, SWEEP_COLOURS.length).map(([label, points]) => ({ label, points }));
}

function sweepPlan(cases: readonly PageCase[], choice: SweepChoice): PlotPlan | null {
  const lines = sweepLines(cases, choice);
  const xs = [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  if (xs.length === 0) return null;
  const columns = lines.map(({ points }) =>
    xs.map((x) => points.find((point) => point.x === x)?.estimate[0] ?? null),
  );
  const { unit, label } = metricWords(choice.metric);
  const isWide = (xs[0] ?? 0) > 0 && (xs[xs.length - 1] ?? 0) >= 8 * (xs[0] ?? 0);
  return {
    data: [xs, ...columns],
    groups: lines.map((line, index) => ({
      label: line.label === '' ? (cases[0]?.benchmark ?? '') : line.label,
      colour: SWEEP_COLOURS[index] ?? 'accent',
      series: [index + 1],
    })),
    options: {
      series: [{}, ...lines.map((line, index) => sweepSeries(line.label, SWEEP_COLOURS[index] ?? 'accent'))],
      scales: { x: isWide ? { time: false, distr: 3, log: 2 } : { time: false }, y: { range: fromZero } },
      axes: [
        plotAxis({ label: choice.axis, ticks: /bytes/i.test(choice.axis) ? byteTicks : plainTicks }),
        plotAxis({ label, ticks: ticksOf(unit, cases[0]?.itemName ?? 'items'), side: 3 }),
      ],
    },
    describe: (index) => sweepWords(xs[index], lines, choice),
  };
}

function sweepSeries(label: string, colour: ColourName): PlotSeries {
  const stroke = colourOf(colour);
  return { label, stroke, width: 1.5, spanGaps: true, points: { show: true, size: 7, fill: stroke } };
}

function sweepWords(
  x: number | undefined,
  lines: readonly SweepLine[],
  { axis, metric }: SweepChoice,
): PlotWords | null {
  if (x === undefined) return null;
  return {
    heading: `${axis} = ${formatQuantity(x)}`,
    lines: lines.flatMap(({ label, points }, index) => {
      const point = points.find((one) => one.x === x);
      if (point === undefined) return [];
      const value = estimateText(metric, point.estimate, point.one.itemName);
      return [
        {
          label: label || metricWords(metric).label,
          value,
          colour: SWEEP_COLOURS[index] ?? 'accent',
        },
      ];
    }),
  };
}
