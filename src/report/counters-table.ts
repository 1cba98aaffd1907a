// What `guestmark counters` prints: group by group, what stands in every counter and how far it moved. Pure: readings in, text
// out; opens and reads nothing.
import { formatBytes, formatCount, formatNs, formatRate } from '../base/units.ts';
import type { CounterUnit } from '../counters/counter.ts';
import type { CountersTaken, TakenCounter, TakenGroup } from '../counters/take-counters.ts';
import { type Column, GAP, naturalWidths, type Row, renderColumns } from './columns.ts';
import { type Painted, painter, textOf } from './paint.ts';
import { formatPercent } from './percent.ts';
import type { TerminalOptions } from './table.ts';
import { wrapText } from './wrap-text.ts';

const COLUMNS: readonly Column[] = [
  { heading: { text: 'counter', style: 'heading' } },
  { heading: { text: 'value', style: 'heading' }, align: 'right' },
  { heading: { text: 'change', style: 'heading' }, align: 'right' },
  { heading: { text: 'what it counts', style: 'heading' }, wraps: true },
];

const DESCRIPTION = COLUMNS.length - 1;
/** Sentences in a narrower column are tatters; they then go below their counters. */
const LEAST_DESCRIPTION_WIDTH = 36;
const INDENT = 2;

/** What is shown. */
export interface CountersTableOptions extends TerminalOptions {
  /** Also counters that stand at 0 and did not move. */
  readonly all: boolean;
}

/** Renders counters; the text ends with a line feed. */
export function countersTable(
  { groups, spanNs }: CountersTaken,
  { width, color, all }: CountersTableOptions,
): string {
  const rows = groups.flatMap((group, index) => [
    ...(index === 0 ? [] : [{ cells: [''] }]),
    ...groupRows(group, all),
  ]);
  const layout = { width, paint: painter(color) };
  const lines = hasRoom(rows, width)
    ? renderColumns(COLUMNS, rows, layout)
    : renderColumns(
        COLUMNS.slice(0, DESCRIPTION),
        rows.map((row) => describedBelow(row, width)),
        layout,
      );
  const hidden = all ? 0 : groups.reduce((sum, group) => sum + hiddenOf(group), 0);
  const notes = [
    `change: within ${formatNs(spanNs)}`,
    ...(hidden === 0
      ? []
      : [
          hidden === 1
            ? '1 counter that stands at 0 is not shown; --all shows it'
            : `${hidden} counters that stand at 0 are not shown; --all shows them`,
        ]),
  ];
  return `${[...lines, '', ...notes].join('\n')}\n`;
}

/** Whether descriptions can be read beside the figures. */
function hasRoom(rows: readonly Row[], width: number): boolean {
  const beside = naturalWidths(COLUMNS, rows).slice(0, DESCRIPTION);
  return width - beside.reduce((sum, one) => sum + one + GAP, 0) >= LEAST_DESCRIPTION_WIDTH;
}

/** The description under its counter, deeper than the name. */
function describedBelow({ cells, below = [] }: Row, width: number): Row {
  const description = cells[DESCRIPTION] ?? '';
  const name = textOf(cells[0] ?? '');
  const deeper = ' '.repeat(name.length - name.trimStart().length);
  const lines = wrapText(textOf(description), width - INDENT - deeper.length);
  const text = lines.map((line) => deeper + line).join('\n');
  const painted = typeof description === 'string' ? text : { ...description, text };
  return {
    cells: cells.slice(0, DESCRIPTION),
    below: [...(text.trim() === '' ? [] : [painted]), ...below],
  };
}

function groupRows({ id, title, counters, readNs, disturbs }: TakenGroup, all: boolean): readonly Row[] {
  const heading: Row = { cells: [{ text: id, style: 'heading' }, '', '', title] };
  if (!counters.available) {
    return [
      {
        cells: [
          { text: id, style: 'heading' },
          '–',
          '',
          { text: `not here: ${counters.reason}`, style: 'quiet' },
        ],
      },
    ];
  }
  const shown = counters.value.filter((counter) => all || isTelling(counter));
  const remarks = [
    ...(shown.length === 0 && counters.value.length > 0 ? ['all of them stand at 0'] : []),
    ...(readNs === null ? [] : [`a reading takes ${formatNs(readNs)}`]),
    ...(disturbs === null ? [] : [disturbs]),
  ];
  return [{ ...heading, below: [{ text: remarks.join('; '), style: 'quiet' }] }, ...shown.map(counterRow)];
}

/** Zeros tell little; what cannot be read and why tells a lot. */
function isTelling({ value, change, flags }: TakenCounter): boolean {
  return (
    !value.available || value.value !== 0 || (change.available && change.value !== 0) || flags.length > 0
  );
}

function hiddenOf({ counters }: TakenGroup): number {
  return counters.available ? counters.value.filter((counter) => !isTelling(counter)).length : 0;
}

function counterRow(counter: TakenCounter): Row {
  const { name, description, value, unit } = counter;
  if (!value.available) return { cells: [`  ${name}`, '–', '', { text: value.reason, style: 'quiet' }] };
  return {
    cells: [
      `  ${name}`,
      inUnit(value.value, unit),
      changeText(counter),
      { text: description, style: 'quiet' },
    ],
  };
}

/** A gauge has no change; a counter that moves in coarse steps says so. */
function changeText({ kind, change, unit, step, flags }: TakenCounter): Painted {
  if (kind === 'gauge') return '';
  if (!change.available) return { text: flags.join(', ') || '–', style: 'caution' };
  const bound = step === null ? '' : ` ± ${inUnit(step, unit)}`;
  const text = `${change.value > 0 ? '+' : ''}${inUnit(change.value, unit)}${bound}`;
  return flags.length === 0 ? text : { text: `${text} (${flags.join(', ')})`, style: 'caution' };
}

function inUnit(value: number, unit: CounterUnit): string {
  switch (unit) {
    case 'ns':
      return formatNs(value);
    case 'B':
      return formatBytes(value);
    case 'B/s':
      return formatRate(value, 'B/s');
    case 'Hz':
      return `${formatCount(value / 1e6)} MHz`;
    case 'celsius':
      return `${formatCount(value)} °C`;
    case 'ratio':
      return formatPercent(value);
    case 'count':
    case 'shares':
      return formatCount(value);
    case 'cycles':
      return `${formatCount(value)} cycles`;
    case 'T/s':
      return formatRate(value, unit);
    default:
      return `${formatCount(value)} ${unit}`;
  }
}
