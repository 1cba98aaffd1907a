// A comparison as Markdown for GitHub: a comment on a pull request, a page of a wiki. Every foreign text becomes inert: ids and
// paths are code, prose is escaped, and nothing mentions a person or links anywhere.
import { PART_LABELS } from '../evidence/part-labels.ts';
import type { ComparedCase, Comparison, Doubt } from './comparison.ts';
import {
  besideText,
  counted,
  gathered,
  judgedMetric,
  METRIC_NAMES,
  NONE,
  OTHER_METRICS,
  probabilityText,
  ratioText,
  remarkOf,
  shareText,
  summaryText,
  valueText,
} from './comparison-words.ts';
import { headLines, shown } from './side-lines.ts';

/** Renders a comparison; the summary comes first, because that is what a comment shows without scrolling. */
export function comparisonMarkdown(comparison: Comparison): string {
  const parts = [
    `**${prose(summaryText(comparison))}**`,
    markdownTable(
      ['', ''],
      headLines(comparison).map(([word, text]) => [prose(word), prose(text)]),
    ),
    ...caseParts(comparison),
    ...meanParts(comparison),
    ...explanationParts(comparison),
    `**Fidelity:** ${prose(`${comparison.fidelity.verdict}: ${comparison.fidelity.statement}`)}`,
    ...doubtParts(comparison),
    ...leftOutParts(comparison),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Foreign prose without a meaning in Markdown or HTML; a sign that would mention or link is followed by an empty comment. */
export function prose(text: string): string {
  return shown(text, 1000)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~#!{}$]/g, '\\$&')
    .replace(/@|(?<=\\)#|:(?=\/\/)|\b[wW]{3}(?=\.)/g, '$&<!-- -->');
}

/** Foreign text as code: the fence is longer than any run of backticks in it, and a pipe does not end a cell. */
export function code(text: string): string {
  const inner = shown(text);
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  // A space at both ends is taken away again, and blanks alone are no code.
  const padded = /^[` ]|[` ]$|^$/.test(inner) ? ` ${inner} ` : inner;
  return fence + padded.replaceAll('|', '\\|') + fence;
}

/** A table; columns of figures are aligned to the right. */
export function markdownTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  figures: ReadonlySet<number> = new Set(),
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = headings.map((_, column) => (figures.has(column) ? '---:' : '---'));
  return [headings, rule, ...rows].map(line).join('\n');
}

const VERDICT_WORDS = {
  slower: '**slower**',
  faster: '**faster**',
  same: 'same',
  unclear: '*unclear*',
} as const;

function caseParts({ cases }: Comparison): readonly string[] {
  if (cases.length === 0) return [];
  const others = OTHER_METRICS.filter(([id]) =>
    cases.some(({ metrics, judgedBy }) => judgedBy !== id && metrics.some((one) => one.id === id)),
  );
  const headings = ['case', 'judged by', 'baseline', 'contender', 'ratio', 'verdict'];
  const rows = cases.map((one) => [
    ...judgedCells(one),
    ...others.map(([id]) => otherCell(one, id)),
    pCell(one),
  ]);
  const figures = new Set([2, 3, 4, ...others.map((_, index) => 6 + index), 6 + others.length]);
  const main = markdownTable([...headings, ...others.map(([, heading]) => heading), 'p'], rows, figures);
  const remarks = gathered(cases.flatMap(remarkOn)).map(([text, ids]) => `* ${casesText(ids)}: ${text}`);
  return remarks.length === 0 ? [main] : [main, remarks.join('\n')];
}

const MOST_NAMED = 3;

/** The ids of cases, or how many they are where they are many. */
function casesText(ids: readonly string[]): string {
  return ids.length > MOST_NAMED ? `${ids.length} cases` : ids.map(code).join(', ');
}

function judgedCells(one: ComparedCase): readonly string[] {
  const judged = judgedMetric(one);
  const figures =
    judged === undefined
      ? [NONE, NONE, NONE, NONE]
      : [
          METRIC_NAMES[judged.id],
          valueText(judged.unit, judged.baseline),
          valueText(judged.unit, judged.contender),
          ratioText(judged.ratio),
        ];
  return [code(one.id), ...figures, VERDICT_WORDS[one.verdict]];
}

function otherCell({ metrics, judgedBy }: ComparedCase, id: (typeof OTHER_METRICS)[number][0]): string {
  const metric = metrics.find((one) => one.id === id);
  return metric === undefined || judgedBy === id ? NONE : besideText(metric);
}

function pCell({ p }: ComparedCase): string {
  return p.available ? prose(probabilityText(p.value.holm)) : NONE;
}

function remarkOn(one: ComparedCase): readonly (readonly [id: string, text: string])[] {
  const remark = remarkOf(one);
  const { verdict, reason } = one.outputs;
  const said = [
    ...(remark === null ? [] : [prose(remark)]),
    ...(verdict === 'different' ? [`outputs differ: ${prose(reason ?? 'other bytes')}`] : []),
  ];
  return said.length === 0 ? [] : [[one.id, said.join('; ')]];
}

function meanParts({ means, cases }: Comparison): readonly string[] {
  if (cases.length === 0 || means.length === 0) return [];
  const rows = means.map(({ metric, cases: count, ratio }) => [
    METRIC_NAMES[metric],
    ratio.available ? ratioText(ratio.value) : NONE,
    ratio.available ? counted(count, 'case') : prose(ratio.reason),
  ]);
  return [markdownTable(['geometric mean of', 'ratio', 'over'], rows, new Set([1]))];
}

function explanationParts({ explanation, cases }: Comparison): readonly string[] {
  if (cases.length === 0) return [];
  const title = '### Where the difference comes from';
  if (!explanation.available) return [title, `Not known: ${prose(explanation.reason)}`];
  const { cases: count, wallDifference, parts, statement } = explanation.value;
  const rows = [
    ['wall time', shareText(wallDifference)],
    ...parts.map(({ id, ofBaseline }) => [PART_LABELS[id].short, shareText(ofBaseline)]),
  ];
  const share = `share of the mean wall time of the baseline, over ${counted(count, 'case')}`;
  return [title, markdownTable(['part', share], rows, new Set([1])), prose(statement)];
}

function doubtParts({ doubts, cases }: Comparison): readonly string[] {
  const said = ({ id, message, advice }: Doubt): string =>
    `${code(id)}: ${prose(message)}${advice === null ? '' : ` → ${prose(advice)}`}`;
  const ofCases = cases.flatMap((one) => one.doubts.map((doubt) => [one.id, said(doubt)] as const));
  const items = [
    ...doubts.map((doubt) => `* ${said(doubt)}`),
    ...gathered(ofCases).map(([text, ids]) => `* ${text} (${casesText(ids)})`),
  ];
  return items.length === 0 ? [] : ['### What makes it doubtful', items.join('\n')];
}

function leftOutParts({ unpaired, baseline, contender }: Comparison): readonly string[] {
  const lone = (['baseline', 'contender'] as const).flatMap((side) =>
    unpaired[side].map((id) => `* ${code(id)}: on the ${side} only`),
  );
  const refused = [...baseline.refused, ...contender.refused].map(
    ({ path, message }) => `* ${code(path)}: ${prose(message)}`,
  );
  const items = [...lone, ...refused];
  return items.length === 0 ? [] : ['### Not compared', items.join('\n')];
}
