// The environment of the reports, each fact with the sign that says so. Reports of the same environment are told once.
import { element, type Markup } from './markup.ts';
import type { PageData, PageReport } from './page-data.ts';
import { pageSection } from './page-document.ts';
import { PAGE_IDS } from './page-elements.ts';
import { groupsOf, sideOf } from './page-groups.ts';
import { dataTable } from './page-table.ts';

/** So many environments are told in full. */
const MOST_ENVIRONMENTS = 8;

/** The same facts of some reports, and the sides that these are of. */
interface Environment {
  readonly first: PageReport;
  count: number;
  readonly sides: Set<string>;
}

/** The section. */
export function environmentSection(data: PageData): Markup {
  const { reports } = data;
  const groups = groupsOf(data);
  const environments = new Map<string, Environment>();
  for (const [index, report] of reports.entries()) {
    const side = sideOf(groups, index);
    const key = JSON.stringify(report.environment.map(({ label, value }) => [label, value]));
    const found = environments.get(key);
    if (found === undefined)
      environments.set(key, { first: report, count: 1, sides: new Set(side === null ? [] : [side]) });
    else {
      found.count++;
      if (side !== null) found.sides.add(side);
    }
  }
  const all = [...environments.values()];
  const left = all.length - MOST_ENVIRONMENTS;
  return pageSection(
    PAGE_IDS.environment,
    'Environment',
    all.slice(0, MOST_ENVIRONMENTS).map((environment) => environmentTable(environment, all.length === 1)),
    left > 0 && element('p', { class: 'note' }, `and ${left} environments more, which are in the reports.`),
  );
}

function environmentTable({ first, count, sides }: Environment, isOpen: boolean): Markup {
  const { label, environment } = first;
  const of = sides.size === 0 ? '' : `${[...sides].join(' and ')}: `;
  const name = count === 1 ? `${of}${label}` : `${of}${label} and ${count - 1} like it`;
  return element(
    'details',
    { open: isOpen },
    element('summary', {}, element('h3', {}, name)),
    dataTable({
      caption: `Environment of ${name}`,
      hidesCaption: true,
      columns: [{ heading: 'fact' }, { heading: 'value' }, { heading: 'evidence' }],
      rows: environment.map((fact) => ({
        cells: [
          fact.label,
          [
            fact.value,
            fact.confidence !== null &&
              fact.confidence !== 'certain' &&
              element('span', { class: 'quiet' }, ` (${fact.confidence})`),
          ],
          element('span', { class: 'quiet' }, fact.source),
        ],
      })),
    }),
  );
}
