// Which drawing belongs to which figure of the page, and when it is made: once, when the figure comes near the window. A figure
// whose drawing fails keeps the static one.
interface FigureDrawing {
  readonly draw: (place: HTMLElement, figure: HTMLElement) => void;
  /** Whether the static drawing makes way for this one, and with it what is said of it. */
  readonly replaces: boolean;
  readonly caption: string;
}

/** The metric over the reports has no static drawing, so the page does not know its name. */
type DrawnFigure = FigureId | 'reports';

function ofCase(draw: (place: HTMLElement, one: PageCase) => void): FigureDrawing['draw'] {
  return (place, figure) => {
    const one = caseAt(Number(figure.dataset.case));
    if (one !== null) draw(place, one);
  };
}

const FIGURE_DRAWINGS: Readonly<Record<DrawnFigure, FigureDrawing>> = {
  course: {
    draw: ofCase(drawCourse),
    replaces: true,
    caption:
      'In the order in which they were taken, run after run. The band is the wall time without steal, as far as the clocks leave it open. Submit, queue and wake-up are of a whole submission.',
  },
  distributions: {
    draw: ofCase(drawDistributions),
    replaces: true,
    caption:
      'How many samples took no longer than a time: steep where many are alike. Of a corrected wall both bounds are drawn, and what lies between. Submit, queue and wake-up are of a whole submission.',
  },
  adjusted: {
    draw: ofCase(drawAdjusted),
    replaces: false,
    caption:
      'All samples from the fastest to the slowest. Where the band lies below the line, the hypervisor took time.',
  },
  parts: {
    draw: ofCase(drawParts),
    replaces: false,
    caption: 'A bar for each report: means of the parts of an iteration.',
  },
  timeline: {
    draw: ofCase(drawTimeline),
    replaces: true,
    caption:
      'The first dispatches of the first run. Steal and run-queue wait are known by amount and not by place: their bars end where the dispatch ends.',
  },
  reports: {
    draw: ofCase(drawReports),
    replaces: true,
    caption: 'Each report with its interval, in the order in which they were given.',
  },
  sweep: {
    draw: (place, figure) => drawSweep(place, figure.dataset.benchmark ?? ''),
    replaces: true,
    caption: 'A line for each setting of the other axes.',
  },
  roofline: {
    draw: drawRoofline,
    replaces: true,
    caption:
      'Roofs are what was measured by the first report that has them: no case of that report can be above the lower of them at its intensity.',
  },
  ratios: {
    draw: drawRatios,
    replaces: true,
    caption: 'Contender over baseline with 95 % intervals; the band is what counts as the same.',
  },
};

function isDrawnFigure(kind: string): kind is DrawnFigure {
  return Object.hasOwn(FIGURE_DRAWINGS, kind);
}

/** Draws a figure, unless it has been drawn. */
function drawFigure(figure: HTMLElement): void {
  const kind = figure.dataset.figure ?? '';
  const place = figure.querySelector<HTMLElement>(':scope .live');
  if (!isDrawnFigure(kind) || place === null || place.childElementCount > 0) return;
  try {
    FIGURE_DRAWINGS[kind].draw(place, figure);
    const isDrawn = place.childElementCount > 0;
    if (isDrawn) place.append(make('p', { class: 'live-caption', text: FIGURE_DRAWINGS[kind].caption }));
    figure.classList.toggle('has-live', isDrawn && FIGURE_DRAWINGS[kind].replaces);
  } catch (error) {
    place.replaceChildren();
    reportError(error);
  }
}

let figureObserver: IntersectionObserver | null = null;

/** Draws the figures below `root` once they come near the window; those in closed details wait until they are opened. */
function watchFigures(root: ParentNode): void {
  figureObserver ??= new IntersectionObserver(drawSeen, { rootMargin: '300px' });
  for (const figure of allOf(root, 'figure[data-figure]')) figureObserver.observe(figure);
}

function drawSeen(entries: readonly IntersectionObserverEntry[], observer: IntersectionObserver): void {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    observer.unobserve(target);
    drawFigure(target as HTMLElement);
  }
}
