// A history as Markdown for GitHub. Every foreign text becomes inert: ids are code, prose is escaped.
import { code, prose } from '../compare/comparison-markdown.ts';
import { changeText, METRIC_NAMES, valueText } from '../compare/comparison-words.ts';
import { sparkline } from '../report/sparkline.ts';
import type { History, HistoryPoint, HistorySeries } from './history.ts';
import { type HistoryPlace, historyPlaces, historySummary } from './history-places.ts';

const HEADINGS = ['case', 'metric', 'reports', 'course', 'first', 'last', 'latest'] as const;
const RULES = ['---', '---', '---:', '---', '---:', '---:', '---'] as const;
const COURSE = 20;

/** Renders a history; the summary comes first, because that is what a comment shows without scrolling. */
export function historyMarkdown(history: History): string {
  const parts = [
    `**${prose(historySummary(history))}**`,
    ...historyPlaces(history).flatMap(placeParts),
    ...leftOutParts(history),
  ];
  return `${parts.join('\n\n')}\n`;
}

function placeParts({ title, series, events }: HistoryPlace): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const items = [
    ...events.map((event) => `* changed ${prose(event)}`),
    ...series.flatMap(({ caseId, changes }) =>
      changes.map(({ statement }) => `* ${code(caseId)}: ${prose(statement)}`),
    ),
  ];
  const rows = [HEADINGS, RULES, ...series.map(cellsOf)];
  return [
    `### ${prose(title)}`,
    rows.map(line).join('\n'),
    ...(items.length === 0 ? [] : [items.join('\n')]),
  ];
}

function cellsOf({ caseId, metric, points, unit, latest }: HistorySeries): readonly string[] {
  const [first, last] = [points[0], points.at(-1)] as [HistoryPoint, HistoryPoint];
  const differs = latest.verdict === 'slower' || latest.verdict === 'faster';
  const change = differs && latest.ratio.available ? ` ${changeText(latest.ratio.value)}` : '';
  return [
    code(caseId),
    METRIC_NAMES[metric],
    String(points.length),
    sparkline(
      points.map(({ value }) => value),
      COURSE,
    ),
    valueText(unit, first),
    valueText(unit, last),
    differs ? `**${latest.verdict}**${change}` : latest.verdict,
  ];
}

function leftOutParts({ unmeasured, refused }: History): readonly string[] {
  const items = [
    ...unmeasured.map(({ caseId, reason }) => `* ${code(caseId)} is not shown: ${prose(reason)}`),
    ...refused.map(({ path, message }) => `* ${code(path)}: ${prose(message)}`),
  ];
  return items.length === 0 ? [] : ['### Left out', items.join('\n')];
}
