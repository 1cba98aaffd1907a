// Keys and wheel on a plot: in, out, left, right, all. Moves the x axis only. The wheel works once the plot has the focus, so
// that a page can still be scrolled past it.
const PLOT_KEYS = 'Plus and minus zoom, arrow keys move, 0 shows all; dragging zooms too.';

interface PlotExtent {
  readonly min: number;
  readonly max: number;
}

function attachPlotKeys(host: HTMLElement, plot: () => Plot | null): void {
  host.addEventListener('keydown', (event) => {
    const drawn = plot();
    const move = PLOT_MOVES[event.key];
    if (drawn === null || move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    zoomTo(drawn, (seen, all) => move(seen, all));
  });
  host.addEventListener(
    'wheel',
    (event) => {
      const drawn = plot();
      if (drawn === null || document.activeElement !== host) return;
      event.preventDefault();
      const at = drawn.posToVal(event.clientX - drawn.over.getBoundingClientRect().left, 'x');
      zoomTo(drawn, (seen) => scaledAround(seen, at, event.deltaY < 0 ? 0.8 : 1.25));
    },
    { passive: false },
  );
}

type PlotMove = (seen: PlotExtent, all: PlotExtent) => PlotExtent;

const PLOT_MOVES: Readonly<Record<string, PlotMove>> = {
  '+': (seen) => scaledAround(seen, (seen.min + seen.max) / 2, 0.5),
  '=': (seen) => scaledAround(seen, (seen.min + seen.max) / 2, 0.5),
  '-': (seen) => scaledAround(seen, (seen.min + seen.max) / 2, 2),
  '0': (_, all) => all,
  ArrowLeft: (seen, all) => shifted(seen, Math.max(-0.25 * (seen.max - seen.min), all.min - seen.min)),
  ArrowRight: (seen, all) => shifted(seen, Math.min(0.25 * (seen.max - seen.min), all.max - seen.max)),
};

function scaledAround({ min, max }: PlotExtent, at: number, factor: number): PlotExtent {
  return { min: at - (at - min) * factor, max: at + (max - at) * factor };
}

function shifted({ min, max }: PlotExtent, by: number): PlotExtent {
  return { min: min + by, max: max + by };
}

/** Never further out than the data. */
function zoomTo(plot: Plot, move: PlotMove): void {
  const xs = plot.data[0];
  const all = { min: xs[0] ?? 0, max: xs[xs.length - 1] ?? 1 };
  const { min, max } = plot.scales.x ?? {};
  const to = move({ min: min ?? all.min, max: max ?? all.max }, all);
  const limited = { min: Math.max(all.min, to.min), max: Math.min(all.max, to.max) };
  if (limited.max > limited.min) plot.setScale('x', limited);
}
