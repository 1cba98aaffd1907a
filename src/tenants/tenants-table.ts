// The terminal table of a measurement of tenants: a line for each, then how the device was shared and what a death did. Pure: a
// document in, text out.

import type { Available } from '../base/availability.ts';
import { formatRate } from '../base/units.ts';
import { counted, NONE } from '../compare/comparison-words.ts';
import { shown } from '../compare/side-lines.ts';
import { type Column, type Layout, type Row, renderColumns } from '../report/columns.ts';
import { figureText } from '../report/figure-text.ts';
import { type Painted, painter } from '../report/paint.ts';
import type { TerminalOptions } from '../report/table.ts';
import type { ValueInterval } from '../stats/ratio-interval.ts';
import { matrixLines } from './matrix-table.ts';
import { MEMBER_HEADINGS, memberTexts } from './member-texts.ts';
import type { GroupFigures, OperationFigures, TenantsReport } from './tenants-report.ts';
import { caseLabels, cautions, headText, shareText, summaryText, timeIntervalText } from './tenants-words.ts';

const heading = (text: string): Painted => ({ text, style: 'heading' });

const MEMBERS: readonly Column[] = MEMBER_HEADINGS.map((text, index) =>
  index === 0 ? { heading: heading(text), wraps: true } : { heading: heading(text), align: 'right' },
);
/** What a narrow terminal leaves out is in the JSON, and in wider ones. */
const NARROW: readonly Column[] = [0, 1, 2, 3, 6].map((index) => MEMBERS[index] as Column);
const LEAST_WIDTH = 116;
const TEXT: readonly Column[] = [{ wraps: true }];
const LABELLED: readonly Column[] = [{}, { wraps: true }];

/** Renders it; the last line is its summary, and the text ends with a line feed. */
export function tenantsTable(report: TenantsReport, options: TerminalOptions): string {
  const layout: Layout = { width: options.width, paint: painter(options.color) };
  const body =
    report.command.scenario === 'matrix'
      ? [matrixLines(report.figures, caseLabels(report.groups), layout)]
      : report.figures.flatMap((group) => groupLines(group, caseLabels(report.groups), layout));
  const warned = cautions(report).map(
    (text): Row => ({ cells: [heading('note'), { text: shown(text, 600), style: 'caution' }] }),
  );
  const named = [...caseLabels(report.groups)].filter(([id, label]) => id !== label);
  const cases = named.map(([id]): Row => ({ cells: [heading('case'), shown(id)] }));
  const blocks = [
    [
      ...renderColumns(TEXT, [{ cells: [heading(shown(headText(report), 400))] }], layout),
      ...renderColumns(LABELLED, cases, layout),
    ],
    ...body,
    renderColumns(LABELLED, warned, layout),
    renderColumns(TEXT, [{ cells: [heading(summaryText(report))] }], layout),
  ];
  return `${blocks
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function groupLines(
  group: GroupFigures,
  labels: ReadonlyMap<string, string>,
  layout: Layout,
): readonly (readonly string[])[] {
  const isWide = layout.width >= LEAST_WIDTH;
  const rows = group.members.map((member, index): Row => {
    const cells = memberTexts(member, index, shown(labels.get(member.caseId) ?? member.caseId));
    return { cells: isWide ? cells : [0, 1, 2, 3, 6].map((column) => cells[column] as Painted) };
  });
  return [
    renderColumns(isWide ? MEMBERS : NARROW, rows, layout),
    renderColumns(
      LABELLED,
      groupRows(group).map(([word, text]) => ({ cells: [heading(word), text] })),
      layout,
    ),
  ];
}

function knownText(share: Available<ValueInterval>): string {
  return share.available ? shareText(share) : `not known (${share.reason})`;
}

/** What is true of the whole group. */
function groupRows(group: GroupFigures): readonly (readonly [string, string])[] {
  const { fairness, total, operations, survivors, recovery } = group;
  const shared: readonly (readonly [string, string])[] = [
    ['fairness', `${knownText(fairness)}: Jain's index of the shares, 1 is even`],
    ['total', `${knownText(total)}: sum of the shares, 1 is as much as one tenant alone`],
  ];
  return [
    // Who died left no share.
    ...(recovery === null ? shared : []),
    ...operations.map(operationRow),
    ...survivors.map(({ member, rateBefore, rateAfter, verifiedRuns, runs }): readonly [string, string] => [
      'survivor',
      `tenant ${member + 1}: ${rateText(rateBefore)} before the death, ${rateText(rateAfter)} after it; ${verifiedRuns} of ${counted(runs, 'run')} complete and verified`,
    ]),
    ...(recovery === null
      ? []
      : [
          [
            'recovery',
            `gone ${timeIntervalText(recovery.gone)} after the kill; first right result of another process ${timeIntervalText(recovery.verified)} after it; a start alone takes ${timeIntervalText(recovery.startAlone)}`,
          ] as const,
        ]),
  ];
}

/** `tenant 2: memory reached 1.50 GiB alone, – together, 1.50 GiB in a newcomer`. */
function operationRow(figure: OperationFigures): readonly [string, string] {
  const { member, label, unit, alone, together, newcomer } = figure;
  const text = (one: Available<ValueInterval>): string =>
    one.available ? figureText({ unit, value: one.value.value }, 'items') : NONE;
  const after = newcomer.available ? `, ${text(newcomer)} in the process after the death` : '';
  return [
    'figure',
    `tenant ${member + 1}: ${label} ${text(alone)} alone, ${text(together)} together${after}`,
  ];
}

function rateText(rate: Available<ValueInterval>): string {
  return rate.available ? formatRate(rate.value.value, '/s') : NONE;
}
