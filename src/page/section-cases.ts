// The cases one by one, folded away: every figure of a case and all its numbers. Where the page holds hundreds of reports the
// script makes them when they are asked for.

import { caseName } from './case-name.ts';
import { adjusted } from './draw-adjusted.ts';
import { distributions } from './draw-distributions.ts';
import { partsFigure } from './draw-parts.ts';
import { timeline } from './draw-timeline.ts';
import { type Content, element, type Markup } from './markup.ts';
import type { PageCase, PageData, PageResult } from './page-data.ts';
import { pageSection } from './page-document.ts';
import { CASE_ID_PREFIX, FIGURES, PAGE_CLASSES, PAGE_IDS } from './page-elements.ts';
import { figure } from './page-figure.ts';
import { groupsOf, type PageGroup, resultsOf, sideOf } from './page-groups.ts';
import { dataTable } from './page-table.ts';
import { intervalText, metricWords, valueText } from './page-words.ts';

/** So many cases have their details without a script. */
const MOST_CASES = 120;
/** With more reports than this a case's numbers are a table of its own each, which nobody reads. */
const MOST_REPORTS = 12;

/** Whether the details of the cases are in the page, and not made by its script. */
function hasStaticCases({ cases, reports }: PageData): boolean {
  return cases.length <= MOST_CASES && reports.length <= MOST_REPORTS;
}

/** The section. */
export function casesSection(data: PageData): Markup {
  const groups = groupsOf(data);
  const isStatic = hasStaticCases(data);
  return pageSection(
    PAGE_IDS.cases,
    'Case by case',
    element(
      'p',
      { class: 'note' },
      isStatic
        ? 'Each case opens to its distributions, raw against corrected times, where the wall time went, and its first dispatches.'
        : 'Choose a case in the table above; its details are drawn here.',
    ),
    isStatic && data.cases.map((page, index) => caseDetails(page, index, groups, data)),
    element('div', { id: PAGE_IDS.caseDetail }),
  );
}

function caseDetails(page: PageCase, index: number, groups: readonly PageGroup[], data: PageData): Markup {
  return element(
    'details',
    { class: 'case', id: `${CASE_ID_PREFIX}${index}`, 'data-case': index },
    element(
      'summary',
      {},
      element('h3', { class: 'case-id' }, caseName(page.id)),
      element('span', { class: 'quiet' }, page.category),
    ),
    groups.flatMap((group) => problems(resultsOf(page, group), group)),
    adjusted(page, index, groups, data.comparison),
    distributions(page, index, groups),
    partsFigure(page, index, groups),
    timeline(page, index, groups),
    hasSamples(page) && courseFigure(index),
    ...metricTables(page, data, groups),
  );
}

function problems(results: readonly PageResult[], { name }: PageGroup): Content {
  const of = name === 'all' ? '' : `${name}, `;
  const told = [
    ...new Set(
      results.flatMap(({ problem, status }) => (problem === null ? [] : [`${of}${status}: ${problem}`])),
    ),
  ];
  const warned = new Map(
    results.flatMap(({ warnings }) =>
      warnings.map(({ id, message }) => [`${id} ${message}`, { id, message }]),
    ),
  );
  return [
    told.map((text) => element('p', { class: 'notice' }, text)),
    warned.size > 0 &&
      element(
        'ul',
        { class: 'case-warnings' },
        [...warned.values()].map(({ id, message }) =>
          element('li', {}, of, element('code', {}, id), ` ${message}`),
        ),
      ),
  ];
}

function hasSamples({ results }: PageCase): boolean {
  return results.some((result) => Object.keys(result?.clocks ?? {}).length > 0);
}

/** The samples one after the other are for the script; without it the figure takes no room. */
function courseFigure(index: number): Markup {
  return element(
    'div',
    { class: PAGE_CLASSES.onlyScripted },
    figure({
      figure: FIGURES.course,
      case: index,
      title: 'Samples one after the other',
      caption: 'In the order in which they were taken.',
    }),
  );
}

/** All numbers of a case, a table for each report. */
function metricTables(
  { results, itemName }: PageCase,
  { reports }: PageData,
  groups: readonly PageGroup[],
): readonly Content[] {
  return results.map((result, index) => {
    if (result === null || Object.keys(result.metrics).length === 0) return null;
    const side = sideOf(groups, index);
    const of =
      reports.length === 1 ? '' : `, ${side === null ? '' : `${side}: `}${reports[index]?.label ?? ''}`;
    return dataTable({
      caption: `All metrics${of} (${result.samples} samples)`,
      columns: [
        { heading: 'metric' },
        { heading: 'value', isNumber: true },
        { heading: '95 % interval, or bounds', isNumber: true },
      ],
      rows: Object.entries(result.metrics).map(([id, estimate]) => ({
        attributes: { 'data-metric': id },
        cells: [
          metricWords(id),
          { content: valueText(id, estimate[0], itemName), value: estimate[0] },
          estimate[1] === estimate[2] ? '' : intervalText(id, estimate),
        ],
      })),
    });
  });
}
