// The head of the page: what it is of, and in one sentence what came out. Says nothing that a section below does not show.
import { formatPercent } from '../report/percent.ts';
import { median } from '../stats/quantile.ts';
import { type Content, element, type Markup } from './markup.ts';
import type { PageData, PageReport } from './page-data.ts';
import { PAGE_CLASSES, PAGE_IDS } from './page-elements.ts';
import { sentence } from './page-words.ts';

/** A section of the page and its link. */
export interface SectionLink {
  readonly id: string;
  readonly name: string;
}

/** What stands at the head of a page. */
interface Masthead {
  readonly brand: string;
  readonly title: string;
  readonly origin: Content;
  readonly verdict: Content;
}

/** Title, origin and verdict of any page. */
export function masthead({ brand, title, origin, verdict }: Masthead): Markup {
  return element(
    'header',
    { class: 'masthead' },
    element('p', { class: 'brand' }, brand),
    element('h1', {}, title),
    element('p', { class: 'origin' }, origin),
    element('p', { class: 'verdict' }, verdict),
  );
}

/** Those of the page of reports. */
export function pageHeader(data: PageData): Markup {
  return masthead({
    brand: data.tool.name,
    title: data.title,
    origin: originText(data),
    verdict: data.comparison === null ? measuredText(data) : comparedText(data),
  });
}

/** The switch of the theme, which only a script can serve. */
export function themeSwitch(): Markup {
  return element(
    'button',
    { id: PAGE_IDS.theme, type: 'button', class: `${PAGE_CLASSES.control} ${PAGE_CLASSES.onlyScripted}` },
    'theme',
  );
}

/** Links to the sections, and what stands beside them. */
export function pageNavigation(links: readonly SectionLink[], ...controls: Content[]): Markup {
  return element(
    'nav',
    { 'aria-label': 'Sections' },
    element(
      'ul',
      {},
      links.map(({ id, name }) => element('li', {}, element('a', { href: `#${id}` }, name))),
    ),
    controls,
  );
}

/** `NVIDIA H100 · KVM, made by QEMU · 3 reports, 2026-01-02 to 2026-01-05`. */
function originText({ reports, title }: PageData): string {
  const days = reports.flatMap(({ startedAt }) => startedAt?.slice(0, 10) ?? []).sort();
  const [first, last] = [days[0], days.at(-1)];
  const when = first === undefined ? '' : first === last ? first : `${first} to ${last}`;
  const count = reports.length === 1 ? '1 report' : `${reports.length} reports`;
  const parts = [
    ...[distinct(reports, 'device', 'devices')].filter((text) => text !== title),
    distinct(reports, 'hypervisor', 'hypervisors', (name) => (name === 'none' ? 'no hypervisor' : name)),
    distinct(reports, 'hostname', 'hosts'),
    [count, when].filter((text) => text !== '').join(', '),
  ];
  return parts.filter((text) => text !== '').join(' · ');
}

function distinct(
  reports: readonly PageReport[],
  key: 'device' | 'hypervisor' | 'hostname',
  plural: string,
  words?: (name: string) => string,
): string {
  return distinctText(
    reports.flatMap((report) => report[key] ?? []),
    plural,
    words,
  );
}

/** `NVIDIA H100`, `KVM and Xen`, `3 hosts`: few names as they are, many counted. */
export function distinctText(
  names: readonly string[],
  plural: string,
  words: (name: string) => string = (name) => name,
): string {
  const different = [...new Set(names)];
  return different.length <= 2 ? different.map(words).join(' and ') : `${different.length} ${plural}`;
}

/** `34 of 35 cases measured and verified. The hypervisor took at most 2.3 % of any of them.` */
function measuredText({ cases, reports }: PageData): Content {
  const results = cases.flatMap((one) => one.results.flatMap((result) => result ?? []));
  if (results.length === 0) return element('strong', {}, 'No case was to be measured.');
  const count = (status: string): number => results.filter((result) => result.status === status).length;
  const noun = reports.length === 1 ? 'cases' : 'results';
  const others = (['failed', 'skipped', 'pending'] as const)
    .filter((status) => count(status) > 0)
    .map((status) => `${count(status)} ${status}`);
  const good = `${count('ok')} of ${results.length} ${noun} measured and verified`;
  return [
    element('strong', {}, others.length === 0 ? good : `${good}, ${others.join(', ')}`),
    `. ${stealText(
      results.flatMap(({ metrics }) => metrics.stealHigh?.[0] ?? []),
      results.length,
    )}`,
  ];
}

function stealText(shares: readonly number[], count: number): string {
  if (shares.length === 0) return 'How much the hypervisor took is unknown.';
  const most = shares.reduce((one, other) => Math.max(one, other), 0);
  const known =
    shares.length === count ? '' : `Of ${shares.length} it is known how much the hypervisor took: `;
  const text =
    most === 0
      ? 'nothing'
      : `at most ${formatPercent(most)} of any, at most ${formatPercent(median(shares))} of half of them`;
  return known === '' ? `The hypervisor took ${text}.` : `${known}${text}.`;
}

/** The counts of the verdicts, then what explains the difference. */
function comparedText({ comparison }: PageData): Content {
  if (comparison === null) return null;
  const { counts, contender, baseline, explanation } = comparison;
  const said = (['slower', 'faster', 'same', 'unclear'] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${verdict}`);
  return [
    element(
      'strong',
      {},
      `${contender.label} against ${baseline.label}: ${said.length === 0 ? 'no case in common' : said.join(', ')}.`,
    ),
    explanation.available ? ` ${sentence(explanation.value.statement)}` : null,
  ];
}
