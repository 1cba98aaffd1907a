// Drawings as inline SVG that work without a script: as wide as the page (places across are percent, heights are pixels), with
// a title and a description for who cannot see them. No style attributes, because the page forbids them.
import { type Content, element, type Markup } from './markup.ts';
import type { Scale, Tick } from './plot-scale.ts';

/** What a drawing tells those who do not see it. */
interface Described {
  readonly title: string;
  readonly description?: string;
}

/** A drawing of a height in pixels. */
export function drawing(height: number, { title, description }: Described, ...content: Content[]): Markup {
  return element(
    'svg',
    { class: 'static', role: 'img', width: '100%', height, xmlns: 'http://www.w3.org/2000/svg' },
    element('title', {}, title),
    description !== undefined && element('desc', {}, description),
    ...content,
  );
}

/** A line from one place to another; `x` in percent, `y` in pixels. */
export function line(kind: string, x1: number, y1: number, x2: number, y2: number): Markup {
  return element('line', { class: kind, x1: percent(x1), y1, x2: percent(x2), y2 });
}

/** A bar; none narrower than can be seen. */
export function bar(
  kind: string,
  from: number,
  to: number,
  y: number,
  height: number,
  title?: string,
): Markup {
  const width = Math.max(0.15, to - from);
  return element(
    'rect',
    { class: kind, x: percent(from), y, width: percent(width), height, rx: height > 8 ? 1.5 : null },
    title !== undefined && element('title', {}, title),
  );
}

/** A point. */
export function dot(kind: string, x: number, y: number, radius: number, title?: string): Markup {
  return element(
    'circle',
    { class: kind, cx: percent(x), cy: y, r: radius },
    title !== undefined && element('title', {}, title),
  );
}

/** Text that stays inside the drawing at both ends. */
export function label(kind: string, x: number, y: number, text: string): Markup {
  const anchor = x < 6 ? 'start' : x > 94 ? 'end' : 'middle';
  return element('text', { class: kind, x: percent(x), y, 'text-anchor': anchor }, text);
}

/** Curves and areas: a box whose coordinates are percent across and pixels down, stretched to the width. */
export function stretched(height: number, ...content: Content[]): Markup {
  return element(
    'svg',
    { viewBox: `0 0 100 ${height}`, width: '100%', height, preserveAspectRatio: 'none' },
    ...content,
  );
}

/** A path through points, in the coordinates of {@link stretched}. */
export function path(kind: string, points: readonly (readonly [x: number, y: number])[]): Markup {
  const d = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${short(x)} ${short(y)}`).join('');
  return element('path', { class: kind, d, 'vector-effect': 'non-scaling-stroke' });
}

/** Lines of a grid at the labelled places. */
export function gridLines({ ticks }: Scale, height: number): Content {
  return ticks.map(({ at }) => line('grid', at, 0, at, height));
}

/** The labels of an axis, as a drawing of its own below others. */
export function axisDrawing(scale: Scale, text: (value: number) => string, name: string): Markup {
  return element(
    'svg',
    { class: 'static axis', 'aria-hidden': 'true', width: '100%', height: 20 },
    labelled(scale.ticks).map((tick) => label('tick', tick.at, 13, text(tick.value))),
    name === '' ? null : element('title', {}, name),
  );
}

/** Labels that do not touch each other where the page is narrow. */
function labelled(ticks: readonly Tick[]): readonly Tick[] {
  const shown: Tick[] = [];
  for (const tick of ticks) {
    const last = shown.at(-1);
    if (last === undefined || tick.at - last.at >= 17) shown.push(tick);
  }
  return shown;
}

function percent(value: number): string {
  return `${short(value)}%`;
}

function short(value: number): number {
  return Math.round(value * 100) / 100;
}
