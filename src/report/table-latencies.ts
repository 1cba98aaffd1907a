// The table of latencies: for each how its times are spread, what of them is this tool's own, and what the waiting thread did
// meanwhile. Figures come from the metrics; nothing is computed here that the report does not hold.
import { formatNs, formatNsRange } from '../base/units.ts';
import { type Column, GAP, type Layout, naturalWidths, type Row, renderColumns } from './columns.ts';
import { figureText } from './figure-text.ts';
import type { MetricId } from './metric-units.ts';
import { type Painted, textOf } from './paint.ts';
import { formatPercentRange } from './percent.ts';
import type { CaseResult } from './report.ts';
import {
  type CaseRowOptions,
  metricOf,
  noteLines,
  outcomeOf,
  ratesOf,
  shownId,
  stolenCell,
  verifiedCell,
} from './table-cases.ts';

const NONE = '–';

/** A column of figures. */
interface FigureColumn {
  readonly heading: string;
  readonly align?: 'right';
  readonly cell: (result: CaseResult) => Painted;
  /** Where the terminal is narrow the highest goes first; without it never. */
  readonly dispensable?: number;
}

const COLUMNS: readonly FigureColumn[] = [
  { ...time('p5', 'wallTimeP5'), dispensable: 3 },
  time('median', 'wallTime'),
  time('p95', 'wallTimeP95'),
  { ...time('p99', 'wallTimeP99'), dispensable: 1 },
  time('max', 'wallTimeMax'),
  time('of which\nours', 'ownTime'),
  share('CPU', 'cpuShare'),
  share('run\nqueue', 'runQueueShare'),
  { heading: 'stolen', align: 'right', cell: stolenCell },
  { heading: 'switches\na sample', align: 'right', cell: figure('switchesPerSample'), dispensable: 2 },
  { heading: 'ok', cell: verifiedCell },
];

/** A narrower column would break most ids into three lines and more. */
const LEAST_ID_WIDTH = 24;

/** The lines of the table; none where there is no case. */
export function latencyLines(
  results: readonly CaseResult[],
  options: CaseRowOptions,
  layout: Layout,
): readonly string[] {
  if (results.length === 0) return [];
  const title: Painted = {
    text: options.software ? 'latencies (SOFTWARE device)' : 'latencies',
    style: 'heading',
  };
  const ids = results.map((result) => shownId(result, options.software).length);
  const spare = layout.width - widthOf(COLUMNS, results);
  if (spare >= Math.min(LEAST_ID_WIDTH, Math.max(textOf(title).length, ...ids))) {
    const columns: Column[] = [{ heading: title, wraps: true }, ...COLUMNS.map(columnOf)];
    return renderColumns(
      columns,
      results.map((result) => besideId(result, options)),
      layout,
    );
  }
  const kept = fitting(results, layout.width);
  const headings: Row = { above: [title], cells: ['', ...kept.map(headingOf)] };
  const rows = results.map((result) => underId(result, kept, options));
  return renderColumns(
    [{}, ...kept.map(({ align }) => (align ? { align } : {}))],
    [headings, ...rows],
    layout,
  );
}

/** Of the columns and the gaps before them. */
function widthOf(columns: readonly FigureColumn[], results: readonly CaseResult[]): number {
  const rows = measured(results).map((result) => ({ cells: columns.map(({ cell }) => cell(result)) }));
  return naturalWidths(columns.map(columnOf), rows).reduce((sum, width) => sum + width + GAP, 0);
}

function measured(results: readonly CaseResult[]): readonly CaseResult[] {
  return results.filter(({ status }) => status === 'ok');
}

/** The columns for which there is room. */
function fitting(results: readonly CaseResult[], width: number): readonly FigureColumn[] {
  const least = [...COLUMNS].sort((a, b) => (b.dispensable ?? 0) - (a.dispensable ?? 0));
  let kept: readonly FigureColumn[] = COLUMNS;
  for (const one of least) {
    if (one.dispensable === undefined || widthOf(kept, results) <= width) break;
    kept = kept.filter((column) => column !== one);
  }
  return kept;
}

function besideId(result: CaseResult, options: CaseRowOptions): Row {
  const id = shownId(result, options.software);
  const outcome = outcomeOf(result);
  if (outcome !== null) return { ...outcome, cells: [id, ...outcome.cells] };
  return { cells: [id, ...COLUMNS.map(({ cell }) => cell(result))], below: belowLines(result, options) };
}

function underId(result: CaseResult, columns: readonly FigureColumn[], options: CaseRowOptions): Row {
  const id = shownId(result, options.software);
  const outcome = outcomeOf(result);
  // What happened stands behind the id, because no column is wide enough for it.
  if (outcome !== null) {
    const [what = ''] = outcome.cells;
    const style = typeof what === 'string' ? 'quiet' : what.style;
    return { ...outcome, above: [{ text: `${id}  ${textOf(what)}`, style }], cells: [] };
  }
  return {
    above: [id],
    cells: ['', ...columns.map(({ cell }) => cell(result))],
    below: belowLines(result, options),
  };
}

function belowLines(result: CaseResult, { shared }: CaseRowOptions): readonly Painted[] {
  const facts = factsOf(result);
  const told: readonly Painted[] = facts.length === 0 ? [] : [{ text: facts.join('; '), style: 'quiet' }];
  return [...told, ...noteLines(result, shared)];
}

/** What not every latency has: a rate that its field knows, its parts, and the time without what was certainly stolen. */
function factsOf(result: CaseResult): readonly string[] {
  // Operations a second are the median once more.
  const isPlain = result.bytes === null && result.itemName === 'items';
  const rates = isPlain ? [] : ratesOf(result).map((metric) => figureText(metric, result.itemName));
  const interrupts = metricOf(result, 'gpuInterrupts');
  return [
    ...rates,
    ...partsOf(result),
    ...withoutSteal(result),
    ...(interrupts === undefined
      ? []
      : [`${figureText(interrupts, 'items')} interrupts of the GPU a sample`]),
  ];
}

const PARTS: readonly (readonly [word: string, id: MetricId])[] = [
  ['submit', 'submitTime'],
  ['queue', 'queueTime'],
  ['device', 'gpuTime'],
  ['wake-up', 'wakeUpTime'],
];

/** `submit 3.05 µs, queue 6.00 µs, device 5.00 µs, wake-up 9.00 µs`, where the device tells its part. */
function partsOf(result: CaseResult): readonly string[] {
  if (metricOf(result, 'gpuTime') === undefined) return [];
  const parts = PARTS.flatMap(([word, id]) => {
    const metric = metricOf(result, id);
    return metric === undefined ? [] : [`${word} ${formatNs(metric.value)}`];
  });
  return [parts.join(', ')];
}

/** Less changes no median that one would act upon. */
const NOTABLE_STEAL = 0.01;

function withoutSteal(result: CaseResult): readonly string[] {
  const corrected = metricOf(result, 'correctedWallTime');
  const stolen = metricOf(result, 'stealLow')?.value ?? 0;
  if (corrected === undefined || stolen < NOTABLE_STEAL) return [];
  return [`median without steal ${formatNsRange(corrected.low, corrected.high)}`];
}

function time(heading: string, id: MetricId): FigureColumn {
  return { heading, align: 'right', cell: figure(id) };
}

function share(heading: string, id: MetricId): FigureColumn {
  const cell = (result: CaseResult): Painted => {
    const metric = metricOf(result, id);
    return metric === undefined ? NONE : formatPercentRange(metric.value, metric.value);
  };
  return { heading, align: 'right', cell };
}

function figure(id: MetricId): (result: CaseResult) => Painted {
  return (result) => {
    const metric = metricOf(result, id);
    return metric === undefined ? NONE : figureText(metric, 'items');
  };
}

function headingOf({ heading }: FigureColumn): Painted {
  return { text: heading, style: 'heading' };
}

function columnOf(column: FigureColumn): Column {
  const { align } = column;
  return { heading: headingOf(column), ...(align === undefined ? {} : { align }) };
}
