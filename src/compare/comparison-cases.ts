// The rows of the terminal table, one a case: value of both sides, ratio, verdict, and the ratios of other clocks beside them
// where the width allows it. Cases that were judged by the same metric share a block, so that a column holds one kind of figure.
import { type Column, GAP, type Layout, naturalWidths, type Row, renderColumns } from '../report/columns.ts';
import type { Painted } from '../report/paint.ts';
import type { ComparedCase, ComparedMetric, ComparedMetricId, Comparison, Verdict } from './comparison.ts';
import {
  besideText,
  casesByMetric,
  gathered,
  judgedMetric,
  METRIC_NAMES,
  NONE,
  OTHER_METRICS,
  probabilityText,
  ratioText,
  remarkOf,
  valueText,
} from './comparison-words.ts';
import { shown } from './side-lines.ts';

const VERDICT_STYLES = { slower: 'bad', faster: 'good', same: 'quiet', unclear: 'caution' } as const;

/** A verdict in its colour; the word says all. */
function verdictCell(verdict: Verdict): Painted {
  return { text: verdict, style: VERDICT_STYLES[verdict] };
}

/** A block of lines for every metric by which cases were judged. */
export function caseBlocks(comparison: Comparison, layout: Layout): readonly (readonly string[])[] {
  const shared = sharedDoubts(comparison.cases);
  return casesByMetric(comparison.cases).map(([metric, cases]) =>
    caseBlock(comparison, { metric, cases, shared, repeated: repeatedRemarks(cases) }, layout),
  );
}

/** Cases of one metric, and what is not said under each of their rows. */
interface Block {
  readonly metric: ComparedMetricId | null;
  readonly cases: readonly ComparedCase[];
  /** Doubts that all cases have. */
  readonly shared: ReadonlySet<string>;
  /** Remarks that many cases have, with their ids: told once, under the last row. */
  readonly repeated: ReadonlyMap<string, readonly string[]>;
}

/** A remark of more cases than these is told once. */
const MOST_ALIKE = 3;

function repeatedRemarks(cases: readonly ComparedCase[]): Block['repeated'] {
  const said = cases.flatMap((one) => {
    const remark = remarkOf(one);
    return remark === null ? [] : [[one.id, remark] as const];
  });
  return new Map(gathered(said).filter(([, ids]) => ids.length > MOST_ALIKE));
}

/** `all 35 cases: …`; `12 cases (copy, fma and 10 more): …`. */
function repeatedRows({ cases, repeated }: Block): readonly Row[] {
  return [...repeated].map(([remark, ids]): Row => {
    const [first = '', second = ''] = ids;
    const which =
      ids.length === cases.length
        ? `all ${ids.length} cases`
        : `${ids.length} cases (${shown(first)}, ${shown(second)} and ${ids.length - 2} more)`;
    return { above: [`${which}: ${shown(remark, 600)}`], cells: [] };
  });
}

/** Where the id of a case and the figures of other clocks stand. */
interface Arrangement {
  readonly idsAbove: boolean;
  readonly othersBeside: boolean;
}

/** The first that fits is taken; the last fits anywhere. */
const ARRANGEMENTS: readonly Arrangement[] = [
  { idsAbove: false, othersBeside: true },
  { idsAbove: true, othersBeside: true },
  { idsAbove: false, othersBeside: false },
  { idsAbove: true, othersBeside: false },
];

/** A column of ids may be as narrow as this: long ones then take two or three lines. */
const LEAST_ID_WIDTH = 28;

function caseBlock(comparison: Comparison, block: Block, layout: Layout): readonly string[] {
  const tables = ARRANGEMENTS.map((arrangement) => ({
    columns: columnsOf(block, arrangement),
    rows: [...block.cases.map((one) => rowOf(comparison, block, one, arrangement)), ...repeatedRows(block)],
  }));
  const table = tables.find(({ columns, rows }) => fits(columns, rows, layout.width)) ?? tables.at(-1);
  const { columns, rows } = table as (typeof tables)[number];
  const by = block.metric === null ? 'Cases without a ratio' : `By ${METRIC_NAMES[block.metric]}`;
  return [layout.paint({ text: by, style: 'heading' }), ...renderColumns(columns, rows, layout)];
}

function fits(columns: readonly Column[], rows: readonly Row[], width: number): boolean {
  const [ids = 0, ...others] = naturalWidths(columns, rows);
  const rest = others.reduce((sum, one) => sum + one + GAP, 0);
  return Math.min(ids, LEAST_ID_WIDTH) + rest <= width;
}

const heading = (text: string): Painted => ({ text, style: 'heading' });

function columnsOf(block: Block, { idsAbove, othersBeside }: Arrangement): readonly Column[] {
  const others: readonly Column[] = othersBeside
    ? [...othersOf(block).map(([, name]) => name), 'p'].map((name) => ({
        heading: heading(name),
        align: 'right',
      }))
    : [];
  return [
    idsAbove ? {} : { heading: heading('case'), wraps: true },
    { heading: heading('baseline'), align: 'right' },
    { heading: heading('contender'), align: 'right' },
    { heading: heading('ratio'), align: 'right' },
    { heading: heading('verdict') },
    ...others,
  ];
}

/** The other metrics that a case of the block has. */
function othersOf({ metric, cases }: Pick<Block, 'metric' | 'cases'>): typeof OTHER_METRICS {
  return OTHER_METRICS.filter(
    ([id]) => id !== metric && cases.some(({ metrics }) => metrics.some((one) => one.id === id)),
  );
}

function rowOf(
  comparison: Comparison,
  block: Block,
  one: ComparedCase,
  { idsAbove, othersBeside }: Arrangement,
): Row {
  const judged = judgedMetric(one);
  const id = shown(one.id);
  const cells: readonly Painted[] = [
    idsAbove ? '' : id,
    judged === undefined ? NONE : valueText(judged.unit, judged.baseline),
    judged === undefined ? NONE : valueText(judged.unit, judged.contender),
    judged === undefined ? NONE : ratioText(judged.ratio),
    verdictCell(one.verdict),
    ...(othersBeside
      ? [...othersOf(block).map(([other]) => otherCell(one, other)), probabilityCell(one)]
      : []),
  ];
  const below = [
    ...(othersBeside ? [] : othersLine(block, one)),
    ...remarkLines(block, one),
    ...runsLine(comparison, one),
    ...doubtLine(block, one),
  ];
  return { ...(idsAbove ? { above: [id] } : {}), cells, ...(below.length === 0 ? {} : { below }) };
}

const metricOf = ({ metrics }: ComparedCase, id: ComparedMetricId): ComparedMetric | undefined =>
  metrics.find((one) => one.id === id);

function otherCell(one: ComparedCase, id: ComparedMetricId): string {
  const metric = metricOf(one, id);
  return metric === undefined ? NONE : besideText(metric);
}

function probabilityCell({ p }: ComparedCase): string {
  return p.available ? probabilityText(p.value.holm) : NONE;
}

/** The figures of the other columns, as a sentence. */
function othersLine(block: Block, one: ComparedCase): readonly Painted[] {
  const figures = othersOf(block).flatMap(([id, name]) => {
    const metric = metricOf(one, id);
    return metric === undefined ? [] : [`${name} ${besideText(metric)}`];
  });
  const p = one.p.available ? [`p ${probabilityText(one.p.value.holm)}`] : [];
  const text = [...figures, ...p].join(', ');
  return text === '' ? [] : [{ text, style: 'quiet' }];
}

function remarkLines({ repeated }: Block, one: ComparedCase): readonly Painted[] {
  const remark = remarkOf(one);
  const outputs: readonly Painted[] =
    one.outputs.verdict === 'different'
      ? [{ text: `outputs differ: ${shown(one.outputs.reason ?? 'other bytes', 400)}`, style: 'bad' }]
      : [];
  return [...(remark === null || repeated.has(remark) ? [] : [shown(remark, 600)]), ...outputs];
}

/** Cases that failed now and then have fewer runs than their side. */
function runsLine({ baseline, contender }: Comparison, { runs }: ComparedCase): readonly Painted[] {
  if (runs.baseline === baseline.runs && runs.contender === contender.runs) return [];
  return [{ text: `${runs.baseline} and ${runs.contender} runs`, style: 'quiet' }];
}

function doubtLine({ shared }: Block, { doubts }: ComparedCase): readonly Painted[] {
  const ids = [...new Set(doubts.map(({ id }) => id))].filter((id) => !shared.has(id));
  return ids.length === 0 ? [] : [{ text: `see below: ${shown(ids.join(', '))}`, style: 'caution' }];
}

/** Doubts that all cases have are told once. */
function sharedDoubts(cases: readonly ComparedCase[]): ReadonlySet<string> {
  if (cases.length < 2) return new Set();
  const [first, ...others] = cases.map(({ doubts }) => new Set(doubts.map(({ id }) => id)));
  return new Set([...(first ?? [])].filter((id) => others.every((ids) => ids.has(id))));
}
