// A plot that lives in a figure: drawn by uPlot, drawn again when the theme or its data change, as wide as its place, with a
// legend of buttons that show and hide, tooltips, and keys that zoom. Knows nothing of benchmarks.

/** Series that are shown and hidden together. */
interface PlotGroup {
  readonly label: string;
  readonly colour: ColourName;
  /** Indices of uPlot's series, from 1. */
  readonly series: readonly number[];
  readonly hidden?: boolean;
}

interface PlotPlan {
  readonly options: Omit<PlotOptions, 'width' | 'height'>;
  readonly data: import('uplot').AlignedData;
  readonly groups: readonly PlotGroup[];
  /** What the tooltip says at an index of the x values, or at a place of the x axis. */
  readonly describe: (index: number, x: number, plot: Plot) => PlotWords | null;
}

interface PlotWords {
  readonly heading: string;
  readonly lines: readonly TooltipLine[];
}

interface MountedPlot {
  /** Draws anew from the plan; keeps what is hidden. */
  rebuild(): void;
}

/** Everything drawn, to be drawn again in other colours. */
const mountedPlots: MountedPlot[] = [];

/**
 * Draws a plot at the end of `place`.
 *
 * @param label What a screen reader says of it.
 * @param plan Called for each drawing; null where there is nothing to draw.
 */
function mountPlot(
  place: HTMLElement,
  label: string,
  height: number,
  plan: () => PlotPlan | null,
): MountedPlot {
  const host = make('div', {
    class: 'plot',
    attributes: { tabindex: '0', role: 'group', 'aria-label': `${label}. ${PLOT_KEYS}` },
  });
  const legend = make('div', {
    class: 'controls legend',
    attributes: { role: 'group', 'aria-label': 'shown' },
  });
  place.append(legend, host);
  const shown = new Map<string, boolean>();
  let plot: Plot | null = null;
  const rebuild = (): void => {
    const made = plan();
    const zoom = plot === null ? null : zoomOf(plot);
    plot?.destroy();
    plot = null;
    legend.replaceChildren();
    if (made === null) {
      host.replaceChildren(make('p', { class: 'quiet', text: NOTHING_TO_DRAW }));
      return;
    }
    host.replaceChildren();
    for (const group of made.groups)
      if (!shown.has(group.label)) shown.set(group.label, group.hidden !== true);
    plot = drawPlot(host, height, made, shown);
    const drawn = plot;
    legend.append(...legendButtons(made.groups, shown, () => drawn));
    if (zoom !== null) plot.setScale('x', zoom);
  };
  rebuild();
  new ResizeObserver(() => {
    if (plot !== null && host.clientWidth > 0) plot.setSize({ width: host.clientWidth, height });
  }).observe(host);
  attachPlotKeys(host, () => plot);
  const mounted = { rebuild };
  mountedPlots.push(mounted);
  return mounted;
}

const NOTHING_TO_DRAW = 'The chosen report holds no samples of this case.';

function drawPlot(
  host: HTMLElement,
  height: number,
  made: PlotPlan,
  shown: ReadonlyMap<string, boolean>,
): Plot {
  const hidden = new Set(
    made.groups.flatMap(({ label, series }) => (shown.get(label) === false ? series : [])),
  );
  const options: PlotOptions = {
    legend: { show: false },
    ...made.options,
    cursor: { y: false, drag: { x: true, y: false, dist: 4 }, ...made.options.cursor },
    width: Math.max(host.clientWidth, 200),
    height,
    series: made.options.series.map((series, index) => ({ ...series, show: !hidden.has(index) })),
    hooks: {
      ...made.options.hooks,
      setCursor: [(plot: Plot) => followCursor(plot, made), ...(made.options.hooks?.setCursor ?? [])],
    },
  };
  const plot = new uPlot(options, made.data, host);
  plot.over.addEventListener('mouseleave', hideTooltip);
  return plot;
}

function followCursor(plot: Plot, { describe, groups }: PlotPlan): void {
  const { idx, left = -1, top = -1 } = plot.cursor;
  const words = left < 0 ? null : describe(idx ?? -1, plot.posToVal(left, 'x'), plot);
  if (words === null) {
    hideTooltip();
    return;
  }
  const hidden = groups.filter(({ series: [first = 0] }) => plot.series[first]?.show === false);
  const lines = words.lines.filter((line) => hidden.every(({ colour }) => colour !== line.colour));
  const rect = plot.over.getBoundingClientRect();
  showTooltip(rect.left + left, rect.top + top, words.heading, lines);
}

function legendButtons(
  groups: readonly PlotGroup[],
  shown: Map<string, boolean>,
  plot: () => Plot,
): readonly HTMLElement[] {
  return groups.map(({ label, colour, series }) => {
    const button = makeToggle(label, shown.get(label) !== false, (pressed) => {
      shown.set(label, pressed);
      for (const index of series) plot().setSeries(index, { show: pressed });
    });
    button.prepend(makeSwatch(colour));
    return button;
  });
}

/** What is shown of the x axis, unless it is all. */
function zoomOf(plot: Plot): { min: number; max: number } | null {
  const xs = plot.data[0];
  const { min, max } = plot.scales.x ?? {};
  const [first, last] = [xs[0], xs[xs.length - 1]];
  if (min == null || max == null || first === undefined || last === undefined) return null;
  return min > first || max < last ? { min, max } : null;
}

/** Draws everything again: the colours have changed. */
function redrawPlots(): void {
  for (const mounted of mountedPlots) mounted.rebuild();
}
