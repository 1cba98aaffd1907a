// The whole page as one text: everything it needs is in it, and its security policy lets nothing else in. Pure: the same data
// and assets give the same page.
import { createHash } from 'node:crypto';
import { jsonForScript } from './escape-text.ts';
import { element, joined, type Markup } from './markup.ts';
import type { PageAssets } from './page-assets.ts';
import type { PageData } from './page-data.ts';
import { PAGE_CLASSES, PAGE_IDS } from './page-elements.ts';
import { pageFooter } from './section-about.ts';
import { casesSection } from './section-cases.ts';
import { comparisonSection } from './section-comparison.ts';
import { environmentSection } from './section-environment.ts';
import { pageHeader, pageNavigation, type SectionLink } from './section-header.ts';
import { overviewSection } from './section-overview.ts';
import { sweepsSection } from './section-sweeps.ts';
import { warningsSection } from './section-warnings.ts';
import { colourStyle } from './style-colours.ts';
import { LAYOUT_STYLE } from './style-layout.ts';
import { LIVE_STYLE } from './style-live.ts';

/** Sections in their order, with what the navigation calls them; those without content are left out. */
const SECTIONS: readonly (readonly [id: string, name: string, section: (data: PageData) => Markup | null])[] =
  [
    [PAGE_IDS.comparison, 'Comparison', comparisonSection],
    [PAGE_IDS.overview, 'Overview', overviewSection],
    [PAGE_IDS.cases, 'Cases', casesSection],
    [PAGE_IDS.sweeps, 'Across cases', sweepsSection],
    [PAGE_IDS.environment, 'Environment', environmentSection],
    [PAGE_IDS.warnings, 'Warnings', warningsSection],
  ];

/** The page as HTML. */
export function renderPage(data: PageData, assets: PageAssets): string {
  const styles = [assets.plotStyle, colourStyle() + LAYOUT_STYLE + LIVE_STYLE].map(inertStyle);
  const scripts = [assets.plotScript, assets.script].map(inertScript);
  const sections = SECTIONS.flatMap(([id, name, make]) => {
    const section = make(data);
    return section === null ? [] : [{ id, name, section }];
  });
  const html = element(
    'html',
    { lang: 'en' },
    pageHead(data.title, styles, scripts),
    pageBody(data, sections, scripts),
  );
  return `<!doctype html>\n${html.markup}\n`;
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

function pageBody(
  data: PageData,
  sections: readonly (SectionLink & { readonly section: Markup })[],
  scripts: readonly string[],
): Markup {
  return element(
    'body',
    {},
    element('a', { class: 'skip', href: '#main' }, 'Skip to the content'),
    pageHeader(data),
    pageNavigation([...sections, { id: PAGE_IDS.about, name: 'How to read' }]),
    element(
      'main',
      { id: 'main', tabindex: '-1' },
      sections.map(({ section }) => section),
    ),
    pageFooter(data),
    element('div', { id: PAGE_IDS.announcer, role: 'status', class: PAGE_CLASSES.visuallyHidden }),
    raw('script', jsonForScript(data), ` type="application/json" id="${PAGE_IDS.data}"`),
    joined(...scripts.map((script) => raw('script', script))),
  );
}

/**
 * Nothing from anywhere; scripts and styles only as they stand in this file (CSP 3, hashes of the texts of the elements). What
 * scripts do to styles of elements they made is not concerned.
 */
function securityPolicy(styles: readonly string[], scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src ${scripts.map(hashSource).join(' ')}`,
    `style-src ${styles.map(hashSource).join(' ')}`,
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
