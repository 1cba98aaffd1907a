// The terminal table of a merged fleet: what stands out first, then every case with how it is distributed over the nodes. Lists that
// a large fleet makes long are cut, and say so. Pure: a fleet report in, text out.
import { counted, NONE } from '../compare/comparison-words.ts';
import { shown } from '../compare/side-lines.ts';
import { percentDifference } from '../page/draw-ratios.ts';
import { type Column, type Layout, type Row, renderColumns } from '../report/columns.ts';
import { type Painted, painter } from '../report/paint.ts';
import { formatPercent } from '../report/percent.ts';
import type { TerminalOptions } from '../report/table.ts';
import type { FleetCase, FleetOutlier, FleetReport } from './fleet-report.ts';
import {
  CAUSE_WORDS,
  findingPlace,
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

/** What fits on a screen; all of it is in the JSON. */
const MOST = { outliers: 20, gaps: 10, refused: 5, values: 4 } as const;

const heading = (text: string): Painted => ({ text, style: 'heading' });

const TEXT: readonly Column[] = [{ wraps: true }];
const LABELLED: readonly Column[] = [{}, { wraps: true }];
const OUTLIERS: readonly Column[] = [
  { heading: heading('node'), wraps: true },
  { heading: heading('most'), align: 'right' },
  { heading: heading('in'), wraps: true },
  { heading: heading('cause') },
  { heading: heading('because'), wraps: true },
];
const CASES: readonly Column[] = [
  { heading: heading('case'), wraps: true },
  { heading: heading('metric') },
  { heading: heading('nodes'), align: 'right' },
  { heading: heading('median'), align: 'right' },
  { heading: heading('1 % to 99 %'), align: 'right' },
  { heading: heading('spread'), align: 'right' },
];

/** Renders a fleet; the last line is its summary, and the text ends with a line feed. */
export function fleetReportTable(report: FleetReport, options: TerminalOptions): string {
  const layout: Layout = { width: options.width, paint: painter(options.color) };
  const text = (line: Painted): readonly string[] => renderColumns(TEXT, [{ cells: [line] }], layout);
  const blocks = [
    [
      ...text(heading(shown(fleetTitle(report)))),
      ...text(fleetSummary(report)),
      ...text({ text: rulesText(report), style: 'quiet' }),
    ],
    renderColumns(LABELLED, unjudgedRows(report), layout),
    renderColumns(LABELLED, gapRows(report), layout),
    table(OUTLIERS, outlierRows(report), layout),
    table(CASES, report.cases.map(caseRow), layout),
    renderColumns(LABELLED, differenceRows(report), layout),
    renderColumns(LABELLED, refusedRows(report), layout),
    text(heading(fleetSummary(report))),
  ];
  return `${blocks
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Headings alone say nothing. */
function table(columns: readonly Column[], rows: readonly Row[], layout: Layout): readonly string[] {
  return rows.length === 0 ? [] : renderColumns(columns, rows, layout);
}

/** The first of them, and a row that says how many are left out. */
function cut<T>(
  items: readonly T[],
  most: number,
  row: (item: T) => Row,
  more: (text: string) => Row,
): readonly Row[] {
  const rest = items.length - most;
  return [...items.slice(0, most).map(row), ...(rest > 0 ? [more(`and ${rest} more`)] : [])];
}

function labelled(label: string, text: string): Row {
  return { cells: [heading(label), { text, style: 'caution' }] };
}

function unjudgedRows(report: FleetReport): readonly Row[] {
  const text = unjudgedText(report);
  return text === null ? [] : [labelled('not judged', text)];
}

function gapRows({ gaps }: FleetReport): readonly Row[] {
  return cut(
    gaps,
    MOST.gaps,
    (gap) => labelled('missing', `${shown(gapPlace(gap))}: ${shown(gap.reason, 400)}`),
    (text) => labelled('missing', text),
  );
}

function outlierRows(report: FleetReport): readonly Row[] {
  return cut(
    report.outliers,
    MOST.outliers,
    (outlier) => outlierRow(outlier, report),
    (text) => ({ cells: [{ text, style: 'quiet' }] }),
  );
}

function outlierRow({ node, verdict, cause, reasons, findings }: FleetOutlier, report: FleetReport): Row {
  const [first] = findings;
  const style = verdict === 'slower' ? ('bad' as const) : ('good' as const);
  const more = findings.length > 1 ? ` and ${findings.length - 1} more` : '';
  return {
    cells: [
      shown(report.nodes[node]?.name ?? NONE),
      { text: first === undefined ? NONE : findingText(first, report), style },
      first === undefined ? NONE : shown(findingPlace(first, report)) + more,
      CAUSE_WORDS[cause],
      reasons.length === 0 ? NONE : shown(reasons.join('; '), 400),
    ],
  };
}

function caseRow(one: FleetCase): Row {
  const measure = mainMeasure(one);
  const missing = one.missing.map(({ reason, nodes }) => ({
    text: `${counted(nodes.length, 'node')} without: ${shown(reason, 300)}`,
    style: 'caution' as const,
  }));
  if (measure === undefined) return { cells: [shown(one.id), NONE, '0'], below: missing };
  const { nodes, p01, p99, median, spread } = measure.distribution;
  const off = (value: number): string => percentDifference(value / median);
  return {
    cells: [
      shown(one.id),
      metricName(measure),
      String(nodes),
      medianText(one, measure),
      nodes === 1 ? NONE : `${off(p01)} to ${off(p99)}`,
      spread === null ? NONE : formatPercent(spread),
    ],
    below: missing,
  };
}

function differenceRows({ differences }: FleetReport): readonly Row[] {
  return differences.map(({ what, values }): Row => {
    const told = values
      .slice(0, MOST.values)
      .map(
        ({ value, nodes, first }) =>
          `${shown(value)} on ${nodes === 1 ? shown(first) : counted(nodes, 'node')}`,
      );
    const rest = values.length - MOST.values;
    return { cells: [heading(shown(what)), `${told.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`] };
  });
}

function refusedRows({ refused }: FleetReport): readonly Row[] {
  return cut(
    refused,
    MOST.refused,
    ({ message }) => labelled('left out', shown(message, 400)),
    (text) => labelled('left out', text),
  );
}
