// What the sections of the page of a fleet share: the ids that they link to, names, causes, and lists that end in "and 12 more".
// Knows no section.

import { caseName } from '../page/case-name.ts';
import { type Content, element, type Markup } from '../page/markup.ts';
import { swatch } from '../page/page-figure.ts';
import { CAUSE_COLOURS } from './draw-spread.ts';
import type { FleetCase, FleetCause } from './fleet-report.ts';
import { CAUSE_WORDS, CAUSES } from './fleet-words.ts';

/** Ids of the sections, targets of the navigation. */
export const FLEET_IDS = {
  summary: 'summary',
  outliers: 'outliers',
  missing: 'missing',
  cases: 'cases',
  heat: 'heat',
  state: 'state',
  differences: 'differences',
  /** The page of reports has the same foot. */
  about: 'about',
} as const;

/** Rows of the table of outliers; what is further is in the JSON. */
export const OUTLIER_ROWS = 200;
/** Rows of the table of cases. */
export const CASE_ROWS = 300;

/** `node-3`: the row of an outlier, by the index of its node. */
export function nodeId(node: number): string {
  return `node-${node}`;
}

/** `case-3`: the row of a case. */
export function caseId(index: number): string {
  return `case-${index}`;
}

/** The name of a case, as a link to its row where it has one. */
export function caseLink({ id }: FleetCase, index: number): Markup {
  const name = caseName(id);
  return index < CASE_ROWS
    ? element('a', { class: 'case-id', href: `#${caseId(index)}` }, name)
    : element('span', { class: 'case-id' }, name);
}

/** A cause with its colour. */
export function causeName(cause: FleetCause): Markup {
  return swatch(CAUSE_COLOURS[cause], CAUSE_WORDS[cause]);
}

/** What the colours of the marks say. */
export function causeLegend(): Content {
  return CAUSES.map(causeName);
}

/** How many of a list are not shown; nothing where all are. */
export function furtherNote(count: number, shown: number, what: string): Content {
  const more = count - shown;
  return (
    more > 0 && element('p', { class: 'note' }, `and ${more} more ${what}, which the JSON and the CSV hold.`)
  );
}
