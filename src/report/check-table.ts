// What `guestmark check` prints: a definition section by section, each value with its origin, then the plan and a verdict.
// Pure: a document in, text out.
import type { Obstacle } from '../definition/definition-plan.ts';
import { definitionSections } from './check-definition-sections.ts';
import { planSections } from './check-plan-sections.ts';
import { type CheckedDefinition, type CheckReport, fits } from './check-report.ts';
import { type Layout, renderColumns } from './columns.ts';
import { printable } from './display-width.ts';
import { type Painted, painter, textOf } from './paint.ts';
import type { TerminalOptions } from './table.ts';
import { wrapText } from './wrap-text.ts';

/** Renders a check; the text ends with a line feed. The disassembly is not broken into lines. */
export function checkTable(report: CheckReport, { width, color }: TerminalOptions): string {
  const layout: Layout = { width, paint: painter(color) };
  return report.shaders.map((checked) => definitionText(report, checked, layout)).join('\n');
}

function definitionText({ device }: CheckReport, checked: CheckedDefinition, layout: Layout): string {
  const sections = [...definitionSections(checked), ...planSections(checked.plan, device)];
  const blocks = [
    ...sections.map(({ columns, rows }) => renderColumns(columns, rows, layout)),
    checked.plan.obstacles.flatMap((obstacle) => lines(obstacleText(obstacle), layout)),
    disassemblyLines(checked.disassembly, layout),
    lines(verdict(checked, device), layout),
  ];
  return `${blocks
    .filter(({ length }) => length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function lines(text: Painted, { width, paint }: Layout): readonly string[] {
  return wrapText(textOf(text), width).map((line) => paint(text, line));
}

/** An obstacle in one sentence. */
function obstacleText({ message, hint }: Obstacle): Painted {
  return { text: `every case: ${message}; ${hint}`, style: 'bad' };
}

function disassemblyLines(disassembly: CheckedDefinition['disassembly'], layout: Layout): readonly string[] {
  if (disassembly === null) return [];
  if (disassembly.available) return disassembly.value.trimEnd().split('\n').map(printable);
  return lines({ text: `no disassembly: ${disassembly.reason}`, style: 'caution' }, layout);
}

/** `5 cases: all of them fit llvmpipe`, `2 of 5 cases do not fit llvmpipe`. */
function verdict({ plan }: CheckedDefinition, device: CheckReport['device']): Painted {
  const planned = plan.cases.length;
  const bad = plan.cases.filter((one) => !fits(plan, one)).length;
  const more = plan.totalCases > planned ? `; ${plan.totalCases - planned} more were not looked at` : '';
  const cases = planned === 1 ? '1 case' : `${planned} cases`;
  const where = device.available ? device.value.name : 'any device';
  if (bad > 0) {
    const subject = planned === 1 ? 'the only case does' : `${bad} of ${cases} do`;
    return { text: `${subject} not fit ${where}${more}`, style: 'bad' };
  }
  if (!device.available) return { text: `${cases}; no limits were compared${more}`, style: 'caution' };
  const subject = planned === 1 ? '1 case: it fits' : `${cases}: all of them fit`;
  return { text: `${subject} ${where}${more}`, style: 'good' };
}
