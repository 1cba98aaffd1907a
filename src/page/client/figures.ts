// Which drawing belongs to which figure of the page, and when it is made: once, when the figure comes near the window. A figure
// whose drawing fails keeps the static one.
interface FigureDrawing {
  readonly draw: (place: HTMLElement, figure: HTMLElement) => void;
  /** Whether the static drawing makes way for this one. */
  readonly replaces: boolean;
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
  course: { draw: ofCase(drawCourse), replaces: true },
  distributions: { draw: ofCase(drawDistributions), replaces: true },
  adjusted: { draw: ofCase(drawAdjusted), replaces: false },
  parts: { draw: ofCase(drawParts), replaces: false },
  timeline: { draw: ofCase(drawTimeline), replaces: true },
  reports: { draw: ofCase(drawReports), replaces: true },
  sweep: { draw: (place, figure) => drawSweep(place, figure.dataset.benchmark ?? ''), replaces: true },
  roofline: { draw: drawRoofline, replaces: true },
  ratios: { draw: drawRatios, replaces: true },
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
