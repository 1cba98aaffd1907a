// A fleet as Markdown for GitHub: a comment on an issue, a page of a wiki. Every foreign text becomes inert; lists that a large
// fleet makes long are cut, and say so.
import { formatNs, formatNsRange } from '../base/units.ts';
import { code, markdownTable, prose } from '../compare/comparison-markdown.ts';
import { NONE } from '../compare/comparison-words.ts';
import { percentDifference } from '../page/draw-ratios.ts';
import { formatPercent } from '../report/percent.ts';
import type { FleetCase, FleetOutlier, FleetReport } from './fleet-report.ts';
import {
  CAUSE_WORDS,
  findingPlace,
  findingsByCase,
  findingText,
  fleetSummary,
  fleetTitle,
  gapPlace,
  mainMeasure,
  medianText,
  metricName,
  rulesText,
  unjudgedText,
} from './fleet-words.ts';

/** A comment of GitHub holds 65,536 characters: rows of the tables of outliers, of gaps, of cases. */
const MOST_ROWS = 50;
/** Cases that the row of an outlier names. */
const MOST_PLACES = 3;
const MOST_VALUES = 5;

/** Renders a fleet; the summary comes first, because that is what a comment shows without scrolling. */
export function fleetMarkdown(report: FleetReport): string {
  const parts = [
    `### ${prose(fleetTitle(report))}`,
    `**${prose(fleetSummary(report))}**`,
    prose(rulesText(report)),
    ...unjudgedParts(report),
    ...outlierParts(report),
    ...gapParts(report),
    ...caseParts(report),
    ...differenceParts(report),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The first of them, and how many are left out. */
function cut<T>(
  items: readonly T[],
  most: number,
  what: string,
): { readonly kept: readonly T[]; readonly rest: readonly string[] } {
  const more = items.length - most;
  return { kept: items.slice(0, most), rest: more > 0 ? [`and ${more} more ${what}`] : [] };
}

function unjudgedParts(report: FleetReport): readonly string[] {
  const text = unjudgedText(report);
  return text === null ? [] : [`Not judged: ${prose(text)}.`];
}

function outlierParts(report: FleetReport): readonly string[] {
  if (report.outliers.length === 0) return [];
  const { kept, rest } = cut(report.outliers, MOST_ROWS, 'outliers');
  const rows = kept.map((outlier) => outlierCells(outlier, report));
  const headings = ['node', 'verdict', 'most', 'in', 'cause', 'evidence'];
  return ['#### Outliers', markdownTable(headings, rows, new Set([2])), ...rest];
}

function outlierCells(outlier: FleetOutlier, report: FleetReport): readonly string[] {
  const { node, verdict, findings, cause, reasons } = outlier;
  const [largest] = findings;
  const { kept, rest } = cut(findingsByCase(findings), MOST_PLACES, 'cases');
  const places = kept.map((those) => {
    const [first] = those;
    const place = findingPlace(first, report);
    const texts = those.map((finding) => findingText(finding, report)).join(', ');
    return `${first.case === null ? place : code(place)} ${texts}`;
  });
  return [
    code(report.nodes[node]?.name ?? NONE),
    `**${verdict}**`,
    largest === undefined ? NONE : percentDifference(largest.ratio),
    [...places, ...rest].join('; ') || NONE,
    CAUSE_WORDS[cause],
    reasons.length === 0 ? NONE : prose(reasons.join('; ')),
  ];
}

function gapParts({ gaps, refused }: FleetReport): readonly string[] {
  const without = cut(gaps, MOST_ROWS, 'without a report');
  const unread = cut(refused, MOST_ROWS, 'files that could not be read');
  const items = [
    ...without.kept.map((gap) => `${prose(gapPlace(gap))}: ${prose(gap.reason)}`),
    ...without.rest,
    ...unread.kept.map(({ path, message }) => `${code(path)}: ${prose(message)}`),
    ...unread.rest,
  ];
  return items.length === 0 ? [] : ['#### Missing', items.map((item) => `* ${item}`).join('\n')];
}

function caseParts({ cases }: FleetReport): readonly string[] {
  if (cases.length === 0) return [];
  const { kept, rest } = cut(cases, MOST_ROWS, 'cases');
  const headings = ['case', 'by', 'nodes', 'median', '1 % to 99 %', 'spread'];
  return ['#### Cases', markdownTable(headings, kept.map(caseCells), new Set([2, 3, 4, 5])), ...rest];
}

function caseCells(one: FleetCase): readonly string[] {
  const measure = mainMeasure(one);
  if (measure === undefined) return [code(one.id), NONE, '0', NONE, NONE, NONE];
  const { nodes, p01, p99, spread } = measure.distribution;
  return [
    code(one.id),
    metricName(measure),
    String(nodes),
    medianText(one, measure),
    nodes === 1 ? formatNs(p01) : formatNsRange(p01, p99),
    spread === null ? NONE : formatPercent(spread),
  ];
}

function differenceParts({ differences }: FleetReport): readonly string[] {
  if (differences.length === 0) return [];
  const items = cut(differences, MOST_ROWS, 'differences');
  const lines = items.kept.map(({ what, values }) => {
    const { kept, rest } = cut(values, MOST_VALUES, 'values');
    const said = kept.map(({ value, nodes, first }) => `${code(value)} on ${nodes} (first ${code(first)})`);
    return `${prose(what)}: ${[...said, ...rest].join(', ')}`;
  });
  return ['#### Nodes differ in', [...lines, ...items.rest].map((item) => `* ${item}`).join('\n')];
}
