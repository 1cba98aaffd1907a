// HTML and SVG as values that cannot be mixed up with text: a string becomes text, only `element` makes markup. Everything of
// the page is built from it, so that nothing enters unescaped. The result is well-formed XML too.
import { escapeText, readableText } from './escape-text.ts';

/** What was made of elements; never of strings from outside. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in an element; null and false are nothing. */
export type Content = Markup | string | number | null | false | readonly Content[];

/** Attributes by name; those that are null or false are left out, true is empty. */
export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

const VOID = new Set(['meta', 'br', 'hr', 'wbr', 'input', 'col']);

/** An element with its content. */
export function element(name: string, attributes: Attributes = {}, ...content: Content[]): Markup {
  const start = `<${name}${attributesText(attributes)}`;
  return VOID.has(name)
    ? { markup: `${start} />` }
    : { markup: `${start}>${contentText(content)}</${name}>` };
}

/** Several things in a row. */
export function joined(...content: Content[]): Markup {
  return { markup: contentText(content) };
}

function contentText(content: Content): string {
  if (content === null || content === false) return '';
  if (typeof content === 'string') return escapeText(readableText(content));
  if (typeof content === 'number') return escapeText(String(content));
  return isMarkup(content) ? content.markup : content.map(contentText).join('');
}

function isMarkup(content: Markup | readonly Content[]): content is Markup {
  return 'markup' in content;
}

function attributesText(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => {
      if (value === null || value === false) return '';
      if (value === true) return ` ${name}=""`;
      return ` ${name}="${typeof value === 'number' ? shortNumber(value) : escapeText(value)}"`;
    })
    .join('');
}

/** Coordinates to a hundredth: finer than any screen. */
function shortNumber(value: number): string {
  return String(Math.round(value * 100) / 100);
}
