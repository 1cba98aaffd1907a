// What `guestmark counters` prints: group by group, what stands in every counter and how far it moved. Pure: readings in, text
// out; opens and reads nothing.
import { formatBytes, formatCount, formatNs, formatRate } from '../base/units.ts';
import type { CounterUnit } from '../counters/counter.ts';
import type { CountersTaken, TakenCounter, TakenGroup } from '../counters/take-counters.ts';
import { type Column, type Row, renderColumns } from './columns.ts';
import { type Painted, painter } from './paint.ts';
import { formatPercent } from './percent.ts';
import type { TerminalOptions } from './table.ts';

const COLUMNS: readonly Column[] = [
  { heading: { text: 'counter', style: 'heading' } },
  { heading: { text: 'value', style: 'heading' }, align: 'right' },
  { heading: { text: 'change', style: 'heading' }, align: 'right' },
  { heading: { text: 'what it counts', style: 'heading' }, wraps: true },
];

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
  const lines = renderColumns(COLUMNS, rows, { width, paint: painter(color) });
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
  const remarks = [
    ...(readNs === null ? [] : [`a reading takes ${formatNs(readNs)}`]),
    ...(disturbs === null ? [] : [disturbs]),
  ];
  const shown = counters.value.filter((counter) => all || isTelling(counter));
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
