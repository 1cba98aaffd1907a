// The frame of every page that this tool writes: one file that holds all it needs, and a security policy that lets nothing else in.
// Knows nothing of what a page says.
import { createHash } from 'node:crypto';
import { type Content, element, joined, type Markup } from './markup.ts';

/** What a page is made of; styles and scripts are texts of this package or of what it is made with, never from outside. */
export interface PageParts {
  readonly title: string;
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
  /** A text as a script of that id holds it, for the scripts; null where there is none. */
  readonly data: { readonly id: string; readonly json: string } | null;
}

/** The page as HTML. Pure: the same parts and content give the same page. */
export function pageDocument(parts: PageParts, ...content: Content[]): string {
  const styles = parts.styles.map(inertStyle);
  const scripts = parts.scripts.map(inertScript);
  const html = element(
    'html',
    { lang: 'en' },
    pageHead(parts.title, styles, scripts),
    element(
      'body',
      {},
      element('a', { class: 'skip', href: '#main' }, 'Skip to the content'),
      content,
      parts.data !== null && raw('script', parts.data.json, ` type="application/json" id="${parts.data.id}"`),
      joined(...scripts.map((script) => raw('script', script))),
    ),
  );
  return `<!doctype html>\n${html.markup}\n`;
}

/** The part that {@link pageDocument} lets a reader skip to. */
export function pageMain(...sections: Content[]): Markup {
  return element('main', { id: 'main', tabindex: '-1' }, sections);
}

/** A section with its heading, the target of a link of the navigation. */
export function pageSection(id: string, title: string, ...content: Content[]): Markup {
  return element(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    element('h2', { id: `${id}-title` }, title),
    content,
  );
}

function pageHead(title: string, styles: readonly string[], scripts: readonly string[]): Markup {
  return element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: securityPolicy(styles, scripts) }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('title', {}, title),
    styles.map((style) => raw('style', style)),
  );
}

/**
 * Nothing from anywhere; scripts and styles only as they stand in this file (CSP 3, hashes of the texts of the elements). What
 * scripts do to styles of elements they made is not concerned.
 */
function securityPolicy(styles: readonly string[], scripts: readonly string[]): string {
  const only = (texts: readonly string[]): string =>
    texts.length === 0 ? "'none'" : texts.map(hashSource).join(' ');
  return [
    "default-src 'none'",
    `script-src ${only(scripts)}`,
    `style-src ${only(styles)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/** A text of this package or of uPlot, in an element whose content is no markup. */
function raw(name: 'style' | 'script', text: string, attributes = ''): Markup {
  return { markup: `<${name}${attributes}>${text}</${name}>` };
}

/** Carriage returns would be gone before the hash is taken of it; an end tag in a string would end the element. */
function inertScript(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/<(?=\/script|!--)/gi, '\\x3c');
}

function inertStyle(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/<(?=\/style)/gi, '\\3c ');
}
