// What `guestmark clocks` prints: tier, sources, null windows, drift. Pure: a census in, text out; nothing
// is measured here.
import type { Available } from '../base/availability.ts';
import { formatNs } from '../base/units.ts';
import type { CensusCpu, ClockCensus } from '../timing/clock-census.ts';
import type { ClockDrift } from '../timing/clock-drift.ts';
import type { ClockSourceRecord, SourceFigures } from '../timing/clock-source.ts';
import type { NullSurvey } from '../timing/null-windows.ts';
import { type Column, type Layout, type Row, renderColumns } from './columns.ts';
import { type Painted, painter } from './paint.ts';
import type { TerminalOptions } from './table.ts';

/** Renders a census; the text ends with a line feed. */
export function clocksTable(census: ClockCensus, { width, color }: TerminalOptions): string {
  const layout: Layout = { width, paint: painter(color) };
  const blocks = [
    renderColumns(LABELLED, tierRows(census), layout),
    renderColumns(SOURCE_COLUMNS, census.sources.map(sourceRow), layout),
    renderColumns(LABELLED, sourceNotes(census), layout),
    renderColumns(NULL_COLUMNS, census.nullWindows.map(nullRow), layout),
    renderColumns(LABELLED, [labelled('S', NULL_NOTE)], layout),
    renderColumns(DRIFT_COLUMNS, driftRows(census), layout),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const LABELLED = [{}, { wraps: true }] as const;

function labelled(word: string, text: Painted): Row {
  return { cells: [{ text: word, style: 'heading' }, text] };
}

function headed(text: string, align: 'left' | 'right' = 'right'): Column {
  return { heading: { text, style: 'heading' }, align };
}

function tierRows({ verdict, cpu }: ClockCensus): readonly Row[] {
  return [
    labelled('CPU', cpuText(cpu)),
    labelled('timing', `tier ${verdict.tier}, ${verdict.title}: ${verdict.reason}`),
    labelled('stolen', verdict.stealBound),
  ];
}

function cpuText({ pinned, start, end }: CensusCpu): string {
  if (pinned.available) return `bound to CPU ${pinned.value.cpu}: ${pinned.value.rule}`;
  if (!start.available || !end.available) return `not bound: ${pinned.reason}`;
  const seen = start.value === end.value ? `CPU ${end.value}` : `CPU ${start.value} and ${end.value}`;
  return `not bound (${pinned.reason}); seen on ${seen}`;
}

const SOURCE_COLUMNS: readonly Column[] = [
  headed('source', 'left'),
  headed('scope', 'left'),
  headed('cost min'),
  headed('median'),
  headed('p99'),
  headed('step'),
  headed('promised'),
];

function sourceRow({ name, scope, counts, measured }: ClockSourceRecord): Row {
  if (!measured.available) {
    return {
      cells: [name, scope, '–', '–', '–', '–', '–'],
      below: [
        { text: counts, style: 'quiet' },
        { text: `not here: ${measured.reason}`, style: 'caution' },
      ],
    };
  }
  const { cost, smallestStepNs, statedResolutionNs } = measured.value;
  const costs = [cost.minNs, cost.medianNs, cost.p99Ns].map(formatNs);
  return {
    cells: [name, scope, ...costs, durationOr(smallestStepNs), durationOr(statedResolutionNs)],
    below: [{ text: counts, style: 'quiet' }, ...backwards(measured.value)],
  };
}

function durationOr(ns: Available<number>): string {
  return ns.available ? formatNs(ns.value) : '–';
}

function backwards({ ranBackwards, comparisons }: SourceFigures): readonly Painted[] {
  if (ranBackwards === 0) return [];
  return [{ text: `ran backwards in ${ranBackwards} of ${comparisons} readings`, style: 'bad' }];
}

function sourceNotes({ loopCost, sources }: ClockCensus): readonly Row[] {
  const figures = sources.flatMap(({ measured }) => (measured.available ? [measured.value] : []));
  const comparisons = figures.reduce((sum, one) => sum + one.comparisons, 0);
  const steady = figures.every(({ ranBackwards }) => ranBackwards === 0);
  return [
    labelled(
      'cost',
      `of one reading, over batches of readings; the loop around it takes ${formatNs(loopCost.medianNs)} of it`,
    ),
    labelled('step', 'the smallest difference seen between two readings: never less than a reading takes'),
    labelled('promised', 'the step that the kernel states: the tick or the unit of a counter'),
    ...(steady ? [labelled('backwards', `never, in ${comparisons} readings of all sources`)] : []),
  ];
}

const NULL_COLUMNS: readonly Column[] = [
  headed('S in µs', 'left'),
  ...['windows', 'blocked', 'p01', 'p10', 'p50', 'p90', 'p99', '|S| p50', 'bound'].map((text) =>
    headed(text),
  ),
];

const NULL_NOTE =
  'W − C − R over windows of 1 ms in which the thread only computes: what the clocks get wrong, and at the upper ' +
  'end what was stolen. Windows that blocked are left out. The bound is what the ledger itself states as its error';

function nullRow(survey: Available<NullSurvey>): Row {
  if (!survey.available)
    return { cells: ['–'], below: [{ text: `not here: ${survey.reason}`, style: 'caution' }] };
  const { clock, windows, blockedWindows, distribution } = survey.value;
  const cells = [clock, String(windows), String(blockedWindows)];
  if (!distribution.available)
    return { cells, below: [{ text: `unknown: ${distribution.reason}`, style: 'caution' }] };
  const { p01Ns, p10Ns, p50Ns, p90Ns, p99Ns, absoluteMedianNs, boundMedianNs } = distribution.value;
  const figures = [p01Ns, p10Ns, p50Ns, p90Ns, p99Ns, absoluteMedianNs].map(microseconds);
  return { cells: [...cells, ...figures, `± ${microseconds(boundMedianNs)}`] };
}

/** Without the unit, which stands in the heading: ten columns have to fit a terminal. */
function microseconds(ns: number): string {
  const value = ns / 1e3;
  return value.toFixed(Math.abs(value) >= 100 ? 0 : 2);
}

const DRIFT_COLUMNS: readonly Column[] = [
  headed('drift of', 'left'),
  headed('against', 'left'),
  headed('ppm'),
  headed('bound'),
  headed('over'),
];

function driftRows({ drifts, nullWindows, discipline }: ClockCensus): readonly Row[] {
  const ofWindows = nullWindows.flatMap((survey) =>
    survey.available
      ? [driftRow(survey.value.wallClock, 'the scheduler’s clock', survey.value.schedulerDrift)]
      : [],
  );
  return [
    ...drifts.map(({ clock, reference, drift }) => driftRow(clock, reference, drift)),
    disciplineRow(discipline),
    ...ofWindows,
  ];
}

/** What adjtimex says of the first drift. */
function disciplineRow(discipline: ClockCensus['discipline']): Row {
  const clocks = ['CLOCK_MONOTONIC', 'its nominal rate (adjtimex)'];
  if (!discipline.available) {
    return {
      cells: [...clocks, '–'],
      below: [{ text: `unknown: ${discipline.reason}`, style: 'caution' }],
    };
  }
  const { frequencyPpm, tickPpm, slewPpm, synchronised } = discipline.value;
  const daemon = synchronised ? 'a time source keeps it right' : 'no time source keeps it right';
  return {
    cells: [...clocks, ppmText(frequencyPpm + tickPpm), `± ${ppmText(slewPpm)}`, 'now'],
    below: [{ text: daemon, style: 'quiet' }],
  };
}

function driftRow(clock: string, reference: string, drift: Available<ClockDrift>): Row {
  if (!drift.available) {
    return {
      cells: [clock, reference, '–'],
      below: [{ text: `unknown: ${drift.reason}`, style: 'caution' }],
    };
  }
  const { ppm, boundPpm, spanNs } = drift.value;
  return { cells: [clock, reference, ppmText(ppm), `± ${ppmText(boundPpm)}`, formatNs(spanNs)] };
}

function ppmText(ppm: number): string {
  return ppm.toFixed(Math.abs(ppm) >= 10 ? 1 : 3);
}
