// A measurement of tenants as Markdown for GitHub. Every foreign text becomes inert: ids are code, prose is escaped.
import { code, markdownTable, prose } from '../compare/comparison-markdown.ts';
import { matrixOf } from './matrix-table.ts';
import { MEMBER_HEADINGS, memberTexts } from './member-texts.ts';
import type { GroupFigures, TenantsReport } from './tenants-report.ts';
import { cautions, headText, summaryText, timesText } from './tenants-words.ts';

/** Figures are aligned to the right; what they are of is not. */
const FIGURES = new Set([1, 2, 3, 4, 5, 6, 7, 8]);

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

function groupTable({ members }: GroupFigures): string {
  const rows = members.map((member, index) => memberTexts(member, index, code(member.caseId)));
  return markdownTable(MEMBER_HEADINGS, rows, FIGURES);
}

function matrixTable(figures: readonly GroupFigures[]): string {
  const { kinds, rows } = matrixOf(figures);
  return markdownTable(
    ['slowed by', ...kinds],
    kinds.map((victim, i) => [victim, ...(rows[i] ?? []).map(timesText)]),
    new Set(kinds.map((_, i) => i + 1)),
  );
}
