// The environment of the reports, each fact with the sign that says so. Reports of the same environment are told once.
import { element, type Markup } from './markup.ts';
import type { PageData, PageReport } from './page-data.ts';
import { PAGE_IDS } from './page-elements.ts';
import { dataTable } from './page-table.ts';

/** So many environments are told in full. */
const MOST_ENVIRONMENTS = 8;

/** The section. */
export function environmentSection({ reports }: PageData): Markup {
  const environments = new Map<string, { readonly first: PageReport; count: number }>();
  for (const report of reports) {
    const key = JSON.stringify(report.environment.map(({ label, value }) => [label, value]));
    const found = environments.get(key);
    if (found === undefined) environments.set(key, { first: report, count: 1 });
    else found.count++;
  }
  const all = [...environments.values()];
  const left = all.length - MOST_ENVIRONMENTS;
  return element(
    'section',
    { id: PAGE_IDS.environment, 'aria-labelledby': `${PAGE_IDS.environment}-title` },
    element('h2', { id: `${PAGE_IDS.environment}-title` }, 'Environment'),
    all
      .slice(0, MOST_ENVIRONMENTS)
      .map(({ first, count }) => environmentTable(first, count, all.length === 1)),
    left > 0 && element('p', { class: 'note' }, `and ${left} environments more, which are in the reports.`),
  );
}

function environmentTable({ label, environment }: PageReport, count: number, isOpen: boolean): Markup {
  const name = count === 1 ? label : `${label} and ${count - 1} like it`;
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
