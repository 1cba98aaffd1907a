// The plan of a definition as a table: a row for each case, and under it what stands in its way. Pure.
import { formatBytes, formatRate } from '../base/units.ts';
import type { DefinitionPlan, PlannedCase, PlannedDispatch } from '../definition/definition-plan.ts';
import type { Section } from './check-definition-sections.ts';
import type { CheckReport } from './check-report.ts';
import type { Column, Row } from './columns.ts';
import type { Painted } from './paint.ts';
import { describeDevice } from './table-header.ts';

/** The device and the cases. */
export function planSections(plan: DefinitionPlan, device: CheckReport['device']): readonly Section[] {
  return [
    { columns: [{}, { wraps: true }], rows: [deviceRow(device)] },
    { columns: COLUMNS, rows: plan.cases.map(caseRow) },
  ];
}

function deviceRow(device: CheckReport['device']): Row {
  const text: Painted = device.available
    ? describeDevice(device.value)
    : { text: `none, so no limits are compared: ${device.reason}`, style: 'caution' };
  return { cells: [{ text: 'device', style: 'heading' }, text] };
}

const COLUMNS: readonly Column[] = [
  { heading: { text: 'case', style: 'heading' }, wraps: true },
  ...['groups', 'local size', 'memory', 'moved', 'flops', 'flops/B'].map(
    (text): Column => ({
      heading: { text, style: 'heading' },
      align: 'right',
    }),
  ),
];

function caseRow({ id, dispatch, problem, obstacles }: PlannedCase): Row {
  const below: readonly Painted[] = [
    ...(problem === null ? [] : [{ text: problem, style: 'bad' } as const]),
    ...obstacles.map(({ message, hint }) => ({ text: `${message}; ${hint}`, style: 'bad' }) as const),
  ];
  return { cells: [id, ...(dispatch === null ? [] : dispatchCells(dispatch))], below };
}

function dispatchCells(dispatch: PlannedDispatch): readonly string[] {
  const { workgroups, localSize, memoryBytes, movedBytes, flops, flopsPerByte } = dispatch;
  return [
    sizeText(workgroups),
    sizeText(localSize),
    formatBytes(memoryBytes),
    formatBytes(movedBytes),
    flops === null ? '–' : formatRate(flops, '').trimEnd(),
    flopsPerByte === null ? '–' : flopsPerByte.toPrecision(3),
  ];
}

/** `4096`, `64 × 32`: what is 1 behind the last other size is left out. */
function sizeText(sizes: readonly number[]): string {
  const used = Math.max(1, sizes.findLastIndex((size) => size !== 1) + 1);
  return sizes.slice(0, used).join(' × ');
}
