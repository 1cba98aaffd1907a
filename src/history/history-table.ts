// The terminal table of a history: a line for each series with its course, and below it where the level changed. Pure: a history
// in, text out.
import { changeText, METRIC_NAMES, valueText } from '../compare/comparison-words.ts';
import { shown } from '../compare/side-lines.ts';
import { type Column, type Layout, type Row, renderColumns } from '../report/columns.ts';
import { type Painted, painter } from '../report/paint.ts';
import { sparkline } from '../report/sparkline.ts';
import type { TerminalOptions } from '../report/table.ts';
import type { History, HistoryPoint, HistorySeries, LatestJudgement } from './history.ts';
import { caseLabels, type HistoryPlace, historyPlaces, historySummary } from './history-places.ts';

const heading = (text: string): Painted => ({ text, style: 'heading' });

const SERIES: readonly Column[] = [
  { heading: heading('case'), wraps: true },
  { heading: heading('metric') },
  { heading: heading('reports'), align: 'right' },
  { heading: heading('course') },
  { heading: heading('first'), align: 'right' },
  { heading: heading('last'), align: 'right' },
  { heading: heading('latest') },
];
const TEXT: readonly Column[] = [{ wraps: true }];
const LABELLED: readonly Column[] = [{}, { wraps: true }];

/** Bars of a course in terminals of at least so many columns. */
const COURSES = [
  { width: 140, bars: 40 },
  { width: 100, bars: 20 },
  { width: 0, bars: 10 },
] as const;

/** Renders a history; the last line is its summary, and the text ends with a line feed. */
export function historyTable(history: History, options: TerminalOptions): string {
  const layout: Layout = { width: options.width, paint: painter(options.color) };
  const blocks = [
    ...historyPlaces(history).map((place) => placeLines(place, caseLabels(history.series), layout)),
    renderColumns(LABELLED, leftOutRows(history), layout),
    renderColumns(TEXT, [{ cells: [heading(historySummary(history))] }], layout),
  ];
  return `${blocks
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function placeLines(
  { title, series, events }: HistoryPlace,
  labels: ReadonlyMap<string, string>,
  layout: Layout,
): readonly string[] {
  const head: readonly Row[] = [
    { above: [heading(title)], cells: [] },
    ...events.map((event): Row => ({ above: [{ text: `changed ${event}`, style: 'caution' }], cells: [] })),
  ];
  const course = COURSES.find(({ width }) => layout.width >= width)?.bars ?? 10;
  return [
    ...renderColumns(TEXT, head, layout),
    ...renderColumns(
      SERIES,
      series.map((one) => seriesRow(one, labels.get(one.caseId) ?? one.caseId, course)),
      layout,
    ),
  ];
}

function seriesRow(one: HistorySeries, label: string, course: number): Row {
  const { metric, points, unit, changes } = one;
  const [first, last] = [points[0], points.at(-1)] as [HistoryPoint, HistoryPoint];
  const values = points.map(({ value }) => value);
  return {
    cells: [
      shown(label),
      METRIC_NAMES[metric],
      String(points.length),
      sparkline(values, course),
      valueText(unit, first),
      valueText(unit, last),
      latestCell(one.latest),
    ],
    below: changes.map(({ verdict, statement }) => ({
      text: statement,
      style: verdict === 'slower' ? ('bad' as const) : ('good' as const),
    })),
  };
}

const STYLES = { slower: 'bad', faster: 'good', unclear: 'quiet' } as const;

/** `same`, `slower +3.1 %`. */
function latestCell({ verdict, ratio }: LatestJudgement): Painted {
  if (verdict === 'same') return verdict;
  const change = verdict !== 'unclear' && ratio.available ? ` ${changeText(ratio.value)}` : '';
  return { text: verdict + change, style: STYLES[verdict] };
}

const MOST_LISTED = 5;

function leftOutRows({ unmeasured, refused }: History): readonly Row[] {
  const rest = refused.length - MOST_LISTED;
  const files = refused.slice(0, MOST_LISTED).map(({ message }) => shown(message, 400));
  const texts = [
    ...unmeasuredTexts(unmeasured).map((text) => ['not shown', text] as const),
    ...files.map((text) => ['left out', text] as const),
    ...(rest > 0 ? [['left out', `and ${rest} more`] as const] : []),
  ];
  return texts.map(([word, text]) => ({ cells: [heading(word), { text, style: 'caution' }] }));
}

/** Cases with one reason together: `copy[…] and 3 more: …`. */
function unmeasuredTexts(unmeasured: History['unmeasured']): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { caseId, reason } of unmeasured)
    byReason.set(reason, [...(byReason.get(reason) ?? []), caseId]);
  return [...byReason].map(([reason, ids]) => {
    const more = ids.length === 1 ? '' : ` and ${ids.length - 1} more`;
    return `${shown(ids[0] ?? '')}${more}: ${shown(reason, 400)}`;
  });
}
