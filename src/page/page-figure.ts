// The frame of every figure: its title, its rows with a label each, and what it says in words. The script finds figures by
// `data-figure` and may put a drawing of its own into the empty box of each.
import { type Content, element, type Markup } from './markup.ts';
import { type FIGURES, PAGE_CLASSES } from './page-elements.ts';

/** Which figure, and of which case or benchmark. */
interface FigureFrame {
  readonly figure: (typeof FIGURES)[keyof typeof FIGURES];
  readonly case?: number;
  readonly benchmark?: string;
  readonly title: string;
  /** What the reader should know of it. */
  readonly caption: Content;
  /** Of the title in the order of headings; 4 is that of figures in a case. */
  readonly level?: 3 | 4;
}

/** A figure. */
export function figure(
  { figure: kind, title, caption, level = 4, ...of }: FigureFrame,
  ...content: Content[]
): Markup {
  return element(
    'figure',
    {
      class: PAGE_CLASSES.figure,
      'data-figure': kind,
      'data-case': of.case ?? null,
      'data-benchmark': of.benchmark ?? null,
    },
    element(`h${level}`, {}, title),
    element('div', { class: 'drawn' }, ...content),
    element('div', { class: PAGE_CLASSES.live }),
    element('figcaption', {}, caption),
  );
}

/** A row of a figure: what it is, its value in words, and its drawing. */
export function figureRow(name: Content, value: Content, drawn: Content): Markup {
  return element(
    'div',
    { class: 'row' },
    element(
      'div',
      { class: 'row-label' },
      element('span', {}, name),
      element('span', { class: 'row-value' }, value),
    ),
    element('div', { class: 'row-drawing' }, drawn),
  );
}

/** The square of a colour with its name. */
export function swatch(colour: string, name: Content): Markup {
  return element('span', { class: 'named' }, element('i', { class: `chip chip-${colour}` }), name);
}
