// Drawings of bars and marks as SVG, for figures whose rows have names: as wide as their place, drawn again when it changes.
// Knows nothing of benchmarks.
interface MountedDrawing {
  rebuild(): void;
}

/**
 * Draws at the end of `place`, and again when its width changes; colours are those of the theme in force.
 *
 * @param draw Makes the drawing for a width in CSS pixels.
 */
function mountDrawing(place: HTMLElement, draw: (width: number) => Node): MountedDrawing {
  const host = make('div', { class: 'chart' });
  place.append(host);
  let width = 0;
  const rebuild = (): void => {
    width = host.clientWidth;
    host.replaceChildren(draw(Math.max(width, 200)));
  };
  rebuild();
  new ResizeObserver(() => {
    if (host.clientWidth > 0 && Math.abs(host.clientWidth - width) > 1) rebuild();
  }).observe(host);
  const mounted = { rebuild };
  return mounted;
}

/** An empty drawing of a size. */
function makeDrawing(width: number, height: number, label: string): SVGSVGElement {
  const attributes = {
    width: String(width),
    height: String(height),
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': label,
  };
  return makeSvg('svg', { attributes });
}

type Numbers = Readonly<Record<string, number>>;

function svgRect(numbers: Numbers, colour: ColourName, alpha = 1): SVGRectElement {
  return makeSvg('rect', { attributes: { ...texts(numbers), ...fillOf(colour, alpha) } });
}

function svgLine(numbers: Numbers, colour: ColourName, width: number): SVGLineElement {
  const attributes = { ...texts(numbers), stroke: `var(${COLOURS[colour]})`, 'stroke-width': String(width) };
  return makeSvg('line', { attributes });
}

function svgText(
  x: number,
  y: number,
  text: string,
  colour: ColourName,
  anchor: 'start' | 'middle' | 'end' = 'start',
): SVGTextElement {
  const element = makeSvg('text', { text, attributes: { ...texts({ x, y }), 'text-anchor': anchor } });
  // Stronger than the rule for the texts of all drawings.
  element.style.fill = `var(${COLOURS[colour]})`;
  return element;
}

function fillOf(colour: ColourName, alpha: number): Record<string, string> {
  return { fill: `var(${COLOURS[colour]})`, 'fill-opacity': String(alpha) };
}

function texts(numbers: Numbers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(numbers).map(([key, value]) => [key, String(Math.round(value * 100) / 100)]),
  );
}

/** A text that fits a width, by the width of its letters on average; the tooltip has all of it. */
function clipped(text: string, width: number): string {
  const letters = Math.max(4, Math.floor(width / 6.6));
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}
