// The overview: what ran where, and one row for each case. Of several reports a row has medians and the spread, and a table of
// the reports stands below.

import { formatNsRange } from '../base/units.ts';
import { formatPercent, formatPercentRange } from '../report/percent.ts';
import { caseName } from './case-name.ts';
import { intervalsCell } from './draw-cell.ts';
import { type Content, element, type Markup } from './markup.ts';
import type { PageCase, PageData, PageEstimate, PageReport } from './page-data.ts';
import { pageSection } from './page-document.ts';
import { CASE_ID_PREFIX, PAGE_CLASSES, PAGE_IDS } from './page-elements.ts';
import { swatch } from './page-figure.ts';
import { estimateOf, groupsOf, type PageGroup, resultsOf, sideOf } from './page-groups.ts';
import { dataTable, isTableCell, type TableCell, type TableRow } from './page-table.ts';
import { plusMinus, valueText } from './page-words.ts';

/** The section. */
export function overviewSection(data: PageData): Markup {
  const groups = groupsOf(data).filter(({ reports }) => reports.length > 0);
  return pageSection(
    PAGE_IDS.overview,
    'Overview',
    data.refused.length > 0 && refusedList(data),
    data.reports.length > 0 && reportsTable(data.reports, groupsOf(data)),
    element('h3', {}, 'Cases'),
    element(
      'p',
      { class: 'note' },
      `Times are of one iteration: ${groups.every(({ reports }) => reports.length === 1) ? OF_ONE : OF_SEVERAL} `,
      swatch('device', 'device time'),
      swatch('wall', 'raw wall'),
      swatch('corrected', 'corrected wall, as far as it is known'),
    ),
    element('div', {
      id: PAGE_IDS.caseControls,
      class: `${PAGE_CLASSES.controls} ${PAGE_CLASSES.onlyScripted}`,
    }),
    element('p', { id: PAGE_IDS.caseCount, role: 'status', class: 'note' }),
    caseTable(data, groups),
  );
}

function refusedList({ refused }: PageData): Markup {
  return element(
    'div',
    { class: 'notice' },
    element('h3', {}, refused.length === 1 ? '1 file was not used' : `${refused.length} files were not used`),
    element(
      'ul',
      {},
      refused.map(({ path, message }) => element('li', {}, element('code', {}, path), ` ${message}`)),
    ),
  );
}

/** What stands beside a time. */
const OF_ONE = 'the median of the runs with half the width of its 95 % interval.';
const OF_SEVERAL =
  'the median over the reports with half of what lies between the least and the largest; of a single report the median of its runs with half the width of its 95 % interval.';

function reportsTable(reports: readonly PageReport[], groups: readonly PageGroup[]): Markup {
  const isCompared = groups.length > 1;
  const columns = [
    ...(isCompared ? ['side'] : []),
    'report',
    'device',
    'driver',
    'hypervisor',
    'attachment',
    'tier',
    'runs',
    'started',
    'warnings',
  ];
  const table = dataTable({
    caption: 'Reports',
    hidesCaption: true,
    columns: columns.map((heading) => ({ heading, isNumber: heading === 'runs' || heading === 'warnings' })),
    rows: reports.map((report, index) => ({
      cells: [
        ...(isCompared ? [{ content: sideOf(groups, index), kind: 'word' }] : []),
        report.label,
        report.device ?? '–',
        report.driver ?? '–',
        report.hypervisor ?? '–',
        report.attachment ?? '–',
        report.tier ?? '–',
        report.runs,
        [
          element('span', { class: 'date' }, report.startedAt?.replace('T', ' ').slice(0, 16) ?? '–'),
          report.status === 'complete' ? '' : ` (${report.status})`,
        ],
        report.warnings.length,
      ],
    })),
  });
  if (reports.length <= 12) return table;
  return element('details', {}, element('summary', {}, `All ${reports.length} reports`), table);
}

function caseTable({ cases, comparison }: PageData, groups: readonly PageGroup[]): Markup {
  const verdicts = new Map(comparison?.cases.map(({ id, verdict }) => [id, verdict]));
  return dataTable({
    id: PAGE_IDS.caseTable,
    caption: 'Cases',
    hidesCaption: true,
    columns: [
      { heading: 'case', sort: 'text' },
      ...(groups.length > 1 ? [{ heading: 'side' }] : []),
      { heading: 'device time', isNumber: true, sort: 'number' },
      { heading: 'raw wall', isNumber: true, sort: 'number' },
      { heading: 'corrected wall', isNumber: true, sort: 'number' },
      { heading: 'times from 0', isDrawing: true },
      { heading: 'rate', isNumber: true, sort: 'number' },
      { heading: 'stolen', isNumber: true, sort: 'number' },
      { heading: 'state', sort: 'text' },
    ],
    rows: cases.map((page, index) => caseRow(page, index, groups, verdicts.get(page.id))),
  });
}

function caseRow(
  page: PageCase,
  index: number,
  groups: readonly PageGroup[],
  verdict: string | undefined,
): TableRow {
  const states = groups.map((group) => stateOf(page, group));
  const worst = states.find(({ kind }) => kind !== 'ok') ?? states[0] ?? { text: '–', kind: 'pending' };
  const each = (cell: (group: PageGroup) => Content | TableCell): Content | TableCell =>
    stacked(groups.map(cell));
  return {
    attributes: {
      'data-case': index,
      'data-verdict': verdict ?? worst.kind,
      'data-category': page.category,
    },
    cells: [
      element('a', { href: `#${CASE_ID_PREFIX}${index}`, class: 'case-id' }, caseName(page.id)),
      ...(groups.length > 1
        ? [
            ofKind(
              'word',
              each(({ name }) => element('span', { class: 'quiet' }, name)),
            ),
          ]
        : []),
      each((group) => timeCell('gpuTime', estimateOf(page, group, 'gpuTime'))),
      each((group) => timeCell('wallTime', estimateOf(page, group, 'wallTime'))),
      each((group) => boundsCell(estimateOf(page, group, 'correctedWallTime'))),
      stacked(intervalsCell(page, groups).map((drawn) => drawn ?? '–')),
      each((group) => rateCell(page, group)),
      each((group) => stolenCell(page, group)),
      ofKind(
        'word',
        stacked(states.map(({ text, kind }) => element('span', { class: `state-${kind}` }, text))),
      ),
    ],
  };
}

/** One cell of those of the groups, one above the other; sorted by the first number. */
function stacked(cells: readonly (Content | TableCell)[]): Content | TableCell {
  const [only, ...others] = cells;
  if (only === undefined) return '–';
  if (others.length === 0) return only;
  const told = cells.map((cell) => (isTableCell(cell) ? cell : { content: cell, value: undefined }));
  const value = told.find((cell) => cell.value !== undefined)?.value;
  const content = told.map((cell) => element('span', { class: 'of-group' }, cell.content));
  return value === undefined ? content : { content, value };
}

function ofKind(kind: string, cell: Content | TableCell): TableCell {
  return isTableCell(cell) ? { ...cell, kind } : { content: cell, kind };
}

function boundsCell(estimate: PageEstimate | null): Content | TableCell {
  return estimate === null ? '–' : { content: formatNsRange(estimate[1], estimate[2]), value: estimate[0] };
}

function timeCell(id: string, estimate: PageEstimate | null): Content | TableCell {
  if (estimate === null) return '–';
  const width = plusMinus(estimate);
  return {
    content: [
      valueText(id, estimate[0], 'items'),
      width === '' ? null : element('span', { class: 'quiet' }, ` ${width}`),
    ],
    value: estimate[0],
  };
}

/** As the terminal chooses: the time of an item where that is the point, named items, bandwidth, arithmetic. */
function rateCell(page: PageCase, group: PageGroup): Content | TableCell {
  const found = (id: string): readonly (readonly [string, number])[] => {
    const estimate = estimateOf(page, group, id);
    return estimate === null || estimate[0] === 0 ? [] : [[id, estimate[0]]];
  };
  const rates = [...found('bandwidth'), ...found('arithmetic')];
  const items = page.itemName === 'items' && rates.length > 0 ? [] : found('itemRate');
  const time = found('itemTime');
  const all = time.length > 0 ? time : [...items, ...rates];
  // Of two sides each has one line, and no room for several rates; all of them are in the details of the case.
  const shown = group.name === 'all' ? all : all.slice(0, 1);
  const [first] = shown;
  if (first === undefined) return '–';
  return {
    content: shown.map(([id, value]) =>
      element('span', { class: 'one-rate' }, valueText(id, value, page.itemName)),
    ),
    value: first[1],
  };
}

function stolenCell(page: PageCase, group: PageGroup): Content | TableCell {
  const [low, high] = [estimateOf(page, group, 'stealLow'), estimateOf(page, group, 'stealHigh')];
  if (high === null) return element('span', { class: 'quiet' }, 'unknown');
  // Hundreds of reports keep the upper bound alone.
  const text = low === null ? `≤ ${formatPercent(high[2])}` : formatPercentRange(low[0], high[0]);
  return { content: text, value: high[0] };
}

function stateOf(page: PageCase, group: PageGroup): { readonly text: string; readonly kind: string } {
  const results = resultsOf(page, group);
  const bad = (['failed', 'skipped', 'pending'] as const).flatMap((status) => {
    const count = results.filter((result) => result.status === status).length;
    return count === 0 ? [] : [{ status, count }];
  });
  const [worst] = bad;
  if (worst !== undefined) {
    const text =
      group.reports.length === 1
        ? worst.status
        : bad.map(({ status, count }) => `${count} ${status}`).join(', ');
    return { text, kind: worst.status };
  }
  const missing = group.reports.length - results.length;
  return missing === 0
    ? { text: '✓ ok', kind: 'ok' }
    : { text: `✓ in ${results.length} of ${group.reports.length}`, kind: 'ok' };
}
