// The terminal table after a run. Pure: a report in, text out; whether a terminal is there, how wide it is
// and whether it shows colours is the caller's business.

import { type Layout, renderColumns } from './columns.ts';
import { painter } from './paint.ts';
import type { CaseResult, Report } from './report.ts';
import { savedLine } from './saved-line.ts';
import { caseColumns, caseRow } from './table-cases.ts';
import { completionLines } from './table-completion.ts';
import { bestLines, rooflineRows } from './table-derived.ts';
import { figureLines } from './table-figures.ts';
import { headerRows } from './table-header.ts';
import { latencyLines } from './table-latencies.ts';
import { stabilityLines } from './table-stability.ts';
import { sharedWarnings, warningRows } from './table-warnings.ts';

/** How to render for a terminal. */
export interface TerminalOptions {
  /** Columns of the terminal; 80 or more. */
  readonly width: number;
  /** Whether to write escape codes for colours. */
  readonly color: boolean;
}

/** How to render a report. */
export interface TableOptions extends TerminalOptions {
  /** Where the report was saved; named in the last line, which is not broken so that it can be copied. */
  readonly reportPath?: string;
}

/** A label beside text that may take several lines. */
const LABELLED = [{}, { wraps: true }] as const;

/** Renders a report; no line is wider than the terminal, and the text ends with a line feed. */
export function renderTable(report: Report, options: TableOptions): string {
  const layout: Layout = { width: options.width, paint: painter(options.color) };
  const blocks = [
    renderColumns(LABELLED, headerRows(report), layout),
    ...caseBlocks(report, layout),
    figureLines(report, layout),
    stabilityLines(report, layout),
    // What the grid says of the guest comes late: where the output ends is where one looks first.
    completionLines(report, layout),
    bestLines(report, layout),
    renderColumns(LABELLED, rooflineRows(report), layout),
    renderColumns(LABELLED, warningRows(report), layout),
    options.reportPath === undefined ? [] : [savedLine(report, options.reportPath)],
  ];
  return `${blocks
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Throughputs and latencies: one is judged by its rate, the other by how its times are spread. */
function caseBlocks({ device, results }: Report, layout: Layout): readonly (readonly string[])[] {
  if (results.length === 0) return [['No case was run.']];
  const software = device.available && device.value.software;
  const options = { software, shared: sharedWarnings(results) };
  const ofKind = (wanted: CaseResult['kind']): readonly CaseResult[] =>
    results.filter(({ kind }) => kind === wanted);
  const rows = ofKind('throughput').map((result) => caseRow(result, options));
  return [
    rows.length === 0 ? [] : renderColumns(caseColumns(software), rows, layout),
    latencyLines(ofKind('latency'), options, layout),
  ];
}
