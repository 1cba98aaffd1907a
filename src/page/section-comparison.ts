// The comparison as `guestmark compare` has it: verdicts with ratio intervals, what explains the difference, fidelity, and
// what makes it doubtful. Judges nothing itself.

import type {
  ComparedCase,
  ComparedMetric,
  Comparison,
  Doubt,
  OverallExplanation,
  SideRecord,
} from '../compare/comparison.ts';
import { PART_LABELS } from '../evidence/part-labels.ts';
import { caseName } from './case-name.ts';
import { percentDifference, ratioAxis, ratioDrawing, ratioScale } from './draw-ratios.ts';
import { type Content, element, type Markup } from './markup.ts';
import type { PageData } from './page-data.ts';
import { pageSection } from './page-document.ts';
import { CASE_ID_PREFIX, FIGURES, PAGE_IDS } from './page-elements.ts';
import { figure, figureRow, swatch } from './page-figure.ts';
import { dataTable, type TableRow } from './page-table.ts';
import { metricWords, sentence, valueText } from './page-words.ts';
import { linearScale, type Scale } from './plot-scale.ts';
import { axisDrawing, bar, drawing, line } from './svg-plot.ts';

/** Verdicts with a sign each, so that no colour is needed. */
export const VERDICT_SIGNS: Readonly<Record<ComparedCase['verdict'], string>> = {
  faster: '▲',
  slower: '▼',
  same: '=',
  unclear: '?',
};

/** The section; null where nothing is compared. */
export function comparisonSection(data: PageData): Markup | null {
  const { comparison } = data;
  if (comparison === null) return null;
  return pageSection(
    PAGE_IDS.comparison,
    `${comparison.contender.label} against ${comparison.baseline.label}`,
    sidesText(comparison),
    element('p', {}, sentence(comparison.collection.statement)),
    ratiosFigure(comparison, data),
    meansTable(comparison),
    element('h3', {}, 'Virtualization'),
    explanation(comparison),
    explainedCases(comparison),
    element('h3', {}, 'Fidelity'),
    element('p', {}, sentence(comparison.fidelity.statement)),
    comparison.fidelity.different.length > 0 &&
      element(
        'ul',
        {},
        comparison.fidelity.different.map((id) => element('li', { class: 'case-id' }, id)),
      ),
    doubtsList(comparison),
    unpaired(comparison),
  );
}

/** Which side is which: what the page calls baseline and contender from here on. */
function sidesText({ baseline, contender }: Comparison): Markup {
  const text = (side: SideRecord): string =>
    `${side.label} (${side.reports.length === 1 ? '1 report' : `${side.reports.length} reports`})`;
  return element(
    'p',
    {},
    element('strong', {}, 'Baseline: '),
    `${text(baseline)}. `,
    element('strong', {}, 'Contender: '),
    `${text(contender)}.`,
  );
}

function judged({ metrics, judgedBy }: ComparedCase): ComparedMetric | undefined {
  return metrics.find(({ id }) => id === judgedBy);
}

function ratiosFigure(comparison: Comparison, { cases }: PageData): Markup {
  const { noiseFloor } = comparison.options;
  const ratios = comparison.cases.flatMap((one) => judged(one)?.ratio ?? []);
  const scale = ratioScale(ratios, noiseFloor);
  const indices = new Map(cases.map(({ id }, index) => [id, index]));
  const rows = comparison.cases.map((one) => ratioRow(one, scale, noiseFloor, indices.get(one.id)));
  const axis: TableRow = { cells: ['', '', '', '', ratioAxis(scale), ''] };
  return figure(
    {
      figure: FIGURES.ratios,
      level: 3,
      title: 'Ratios with their intervals',
      caption: `Contender over baseline, less is faster for times. The band is ±${noiseFloor * 100} %: whose whole interval lies in it is the same. Verdicts keep ${comparison.options.alpha * 100} % of error over all cases (Holm).`,
    },
    dataTable({
      caption: 'Compared cases',
      hidesCaption: true,
      columns: [
        { heading: 'case' },
        { heading: 'baseline', isNumber: true },
        { heading: 'contender', isNumber: true },
        { heading: 'difference', isNumber: true },
        { heading: 'interval', isDrawing: true },
        { heading: 'verdict' },
      ],
      rows: [...rows, axis],
    }),
  );
}

function ratioRow(one: ComparedCase, scale: Scale, noiseFloor: number, index: number | undefined): TableRow {
  const metric = judged(one);
  const verdict = verdictText(one);
  const name =
    index === undefined
      ? element('span', { class: 'case-id' }, caseName(one.id))
      : element('a', { class: 'case-id', href: `#${CASE_ID_PREFIX}${index}` }, caseName(one.id));
  const cells: Content[] = [[name, element('span', { class: 'reason quiet' }, one.reason)]];
  if (metric === undefined) return { cells: [...cells, '–', '–', '–', '–', verdict] };
  const { baseline, contender, ratio } = metric;
  const interval = `${percentDifference(ratio.low)} to ${percentDifference(ratio.high)}`;
  return {
    cells: [
      ...cells,
      {
        content: [
          valueText(metric.id, baseline.value, 'items'),
          element('span', { class: 'quiet metric' }, metricWords(metric.id)),
        ],
        value: baseline.value,
      },
      { content: valueText(metric.id, contender.value, 'items'), value: contender.value },
      {
        content: [
          percentDifference(ratio.value),
          element('span', { class: 'quiet interval-text' }, interval),
        ],
        value: ratio.value,
      },
      ratioDrawing(
        ratio,
        one.verdict,
        scale,
        noiseFloor,
        `${one.id}: ${percentDifference(ratio.value)}, ${interval}`,
      ),
      verdict,
    ],
  };
}

function verdictText({ verdict }: ComparedCase): Markup {
  return element('span', { class: `verdict-${verdict}` }, `${VERDICT_SIGNS[verdict]} ${verdict}`);
}

function meansTable({ means }: Comparison): Markup | null {
  if (means.length === 0) return null;
  return dataTable({
    caption: 'Geometric means of the ratios',
    columns: [
      { heading: 'metric' },
      { heading: 'cases', isNumber: true },
      { heading: 'difference', isNumber: true },
      // Or a reason, which takes more than a line.
      { heading: '95 % interval' },
    ],
    rows: means.map(({ metric, cases, ratio }) => ({
      cells: ratio.available
        ? [
            metricWords(metric),
            cases,
            { content: percentDifference(ratio.value.value), value: ratio.value.value },
            `${percentDifference(ratio.value.low)} to ${percentDifference(ratio.value.high)}`,
          ]
        : [metricWords(metric), cases, '–', ratio.reason],
    })),
  });
}

/** What the difference consists of, over all cases: bars to both sides of nothing. */
function explanation({ explanation: all }: Comparison): Content {
  if (!all.available) return element('p', { class: 'quiet' }, sentence(all.reason));
  const { parts, wallDifference, statement } = all.value;
  const rows = [
    { id: 'all', words: element('strong', {}, 'wall time'), value: wallDifference },
    ...parts.map(({ id, ofBaseline }) => ({
      id,
      words: swatch(id, PART_LABELS[id].short),
      value: ofBaseline,
    })),
  ];
  const reach = rows.flatMap(({ value }) => [Math.abs(value.low), Math.abs(value.high)]);
  const most = Math.max(0.001, ...reach) * 1.05;
  const scale = linearScale(-most, most, 4);
  return [
    element('p', {}, sentence(statement)),
    figure(
      {
        figure: FIGURES.parts,
        title: 'What the difference of the wall times consists of',
        caption: `Of the baseline's wall time, mean over ${all.value.cases} cases, each the same; thin lines are 95 % intervals.`,
      },
      rows.map(({ id, words, value }) => figureRow(words, points(value.value), partBar(id, value, scale))),
      figureRow('', '', axisDrawing(scale, points, '')),
    ),
  ];
}

function partBar(
  id: string,
  { value, low, high }: OverallExplanation['wallDifference'],
  scale: Scale,
): Markup {
  const [zero, at] = [scale.at(0), scale.at(value)];
  return drawing(
    24,
    { title: `${id}: ${points(value)}, ${points(low)} to ${points(high)}` },
    bar(`fill-${id === 'all' ? 'wall' : id}`, Math.min(zero, at), Math.max(zero, at), 5, 14),
    line('whisker', scale.at(low), 12, scale.at(high), 12),
    line('zero', zero, 0, zero, 24),
  );
}

/** `+4.6 %` of the baseline. */
function points(share: number): string {
  return percentDifference(1 + share);
}

function explainedCases({ cases }: Comparison): Markup | null {
  const told = cases.filter(({ verdict }) => verdict === 'slower' || verdict === 'faster');
  if (told.length === 0) return null;
  return element(
    'dl',
    { class: 'explained' },
    told.map(({ id, explanation: why }) => [
      element('dt', { class: 'case-id' }, id),
      element('dd', {}, sentence(why.available ? why.value.statement : why.reason)),
    ]),
  );
}

function doubtsList({ doubts, cases }: Comparison): Content {
  const all: readonly { readonly of: string | null; readonly doubt: Doubt }[] = [
    ...doubts.map((doubt) => ({ of: null, doubt })),
    ...cases.flatMap(({ id, doubts: own }) => own.map((doubt) => ({ of: id, doubt }))),
  ];
  if (all.length === 0) return null;
  return [
    element('h3', {}, 'What makes it doubtful'),
    element(
      'ul',
      { class: 'doubts' },
      all.map(({ of, doubt }) =>
        element(
          'li',
          {},
          of !== null && [element('span', { class: 'case-id' }, of), ': '],
          doubt.message,
          doubt.advice !== null && element('span', { class: 'advice' }, ` → ${doubt.advice}`),
        ),
      ),
    ),
  ];
}

function unpaired({ unpaired: { baseline, contender } }: Comparison): Content {
  const list = (name: string, ids: readonly string[]): Content =>
    ids.length > 0 &&
    element(
      'p',
      { class: 'note' },
      `Only in the ${name}: `,
      ids.map((id, index) => [index === 0 ? null : ', ', element('span', { class: 'case-id' }, id)]),
    );
  return [list('baseline', baseline), list('contender', contender)];
}
