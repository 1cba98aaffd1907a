// A measurement of tenants as Markdown for GitHub. Every foreign text becomes inert: ids are code, prose is escaped.
import { code, prose } from '../compare/comparison-markdown.ts';
import { matrixOf } from './matrix-table.ts';
import type { GroupFigures, TenantsReport } from './tenants-report.ts';
import {
  cautions,
  headText,
  shareText,
  stealText,
  summaryText,
  timesRange,
  timesShort,
  timesText,
  timeText,
} from './tenants-words.ts';

const HEADINGS = ['tenant', 'wall alone', 'together', 'slowdown', 'no steal', 'GPU', 'share', 'p99', 'steal'];

/** Renders it; the summary comes first. */
export function tenantsMarkdown(report: TenantsReport): string {
  const tables =
    report.command.scenario === 'matrix' ? [matrixTable(report.figures)] : report.figures.map(groupTable);
  const notes = cautions(report).map((text) => `* ${prose(text)}`);
  const parts = [
    `**${prose(summaryText(report))}**`,
    prose(headText(report)),
    ...tables,
    ...(notes.length === 0 ? [] : [notes.join('\n')]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function tableOf(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = headings.map((_, index) => (index === 0 ? '---' : '---:'));
  return [headings, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function groupTable({ members }: GroupFigures): string {
  const rows = members.map(({ role, caseId, alone, together, slowdown, share }, index) => [
    `${index + 1} ${role === 'tenant' ? '' : `${role} `}${code(caseId)}`,
    timeText(alone.wallTime),
    timeText(together.wallTime),
    timesText(slowdown.wallTime),
    timesRange(slowdown.correctedWallTime),
    timesShort(slowdown.gpuTime),
    shareText(share),
    timesShort(slowdown.wallTimeP99),
    stealText(alone, together),
  ]);
  return tableOf(HEADINGS, rows);
}

function matrixTable(figures: readonly GroupFigures[]): string {
  const { kinds, rows } = matrixOf(figures);
  return tableOf(
    ['slowed by', ...kinds],
    kinds.map((victim, i) => [victim, ...(rows[i] ?? []).map(timesText)]),
  );
}
