// The terminal table of a comparison, for eyes that know hyperfine and benchstat. Pure: a comparison in, text out; whether a
// terminal is there, how wide it is and whether it shows colours is the caller's business.
import { PART_LABELS } from '../evidence/part-labels.ts';
import { type Column, type Layout, type Row, renderColumns } from '../report/columns.ts';
import { type Painted, painter } from '../report/paint.ts';
import type { TerminalOptions } from '../report/table.ts';
import { warningRows } from '../report/table-warnings.ts';
import type { Comparison } from './comparison.ts';
import { caseBlocks } from './comparison-cases.ts';
import { counted, METRIC_NAMES, NONE, ratioText, shareText, summaryText } from './comparison-words.ts';
import { headLines, shown } from './side-lines.ts';

/** A label beside text that may take several lines. */
const LABELLED: readonly Column[] = [{}, { wraps: true }];
const TEXT: readonly Column[] = [{ wraps: true }];
const FIGURES: readonly Column[] = [{}, { align: 'right' }, { wraps: true }];

/** Renders a comparison; the last line is its summary, and the text ends with a line feed. */
export function comparisonTable(comparison: Comparison, options: TerminalOptions): string {
  const layout: Layout = { width: options.width, paint: painter(options.color) };
  const labelled = (rows: readonly Row[]): readonly string[] => renderColumns(LABELLED, rows, layout);
  const blocks = [
    labelled(headLines(comparison).map(([word, text]) => row(word, text))),
    ...caseBlocks(comparison, layout),
    meanLines(comparison, layout),
    explanationLines(comparison, layout),
    labelled([fidelityRow(comparison)]),
    doubtLines(comparison, layout),
    labelled([...unpairedRows(comparison), ...refusedRows(comparison)]),
    renderColumns(TEXT, [{ cells: [heading(summaryText(comparison))] }], layout),
  ];
  return `${blocks
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const heading = (text: string): Painted => ({ text, style: 'heading' });

function row(word: string, text: Painted): Row {
  return { cells: [heading(word), text] };
}

function meanLines({ means, cases }: Comparison, layout: Layout): readonly string[] {
  if (cases.length === 0 || means.length === 0) return [];
  const rows = means.map(({ metric, cases: count, ratio }): Row => {
    const name = METRIC_NAMES[metric];
    return ratio.available
      ? { cells: [name, ratioText(ratio.value), `over ${counted(count, 'case')}`] }
      : { cells: [name, NONE, { text: shown(ratio.reason, 400), style: 'quiet' }] };
  });
  return [layout.paint(heading('Geometric mean of the ratios')), ...renderColumns(FIGURES, rows, layout)];
}

/** What the difference of the wall times is made of, over all cases. */
function explanationLines({ explanation, cases }: Comparison, layout: Layout): readonly string[] {
  if (cases.length === 0) return [];
  const titled = (rest = ''): readonly string[] =>
    renderColumns(TEXT, [{ cells: [heading(`Where the difference comes from${rest}`)] }], layout);
  if (!explanation.available) {
    const text: Painted = { text: `not known: ${shown(explanation.reason, 400)}`, style: 'quiet' };
    return [...titled(), ...renderColumns(TEXT, [{ cells: [text] }], layout)];
  }
  const { cases: count, wallDifference, parts, statement } = explanation.value;
  const over = `, over ${counted(count, 'case')}, in shares of the mean wall time of the baseline`;
  const rows: readonly Row[] = [
    { cells: ['wall time', shareText(wallDifference)] },
    ...parts.map(({ id, ofBaseline }) => ({ cells: [`  ${PART_LABELS[id].short}`, shareText(ofBaseline)] })),
  ];
  const said = renderColumns(TEXT, [{ cells: [shown(statement, 600)] }], layout);
  return [...titled(over), ...renderColumns(FIGURES, rows, layout), ...said];
}

const FIDELITY_STYLES = { equal: 'good', different: 'bad', unknown: 'quiet' } as const;

function fidelityRow({ fidelity }: Comparison): Row {
  const { verdict, statement, different } = fidelity;
  const names = different.length === 0 ? '' : `; different: ${listed(different)}`;
  return row('fidelity', {
    text: shown(`${verdict}: ${statement}`, 400) + names,
    style: FIDELITY_STYLES[verdict],
  });
}

/** Those of the whole comparison and those of cases, every kind once. */
function doubtLines({ doubts, cases }: Comparison, layout: Layout): readonly string[] {
  const results = cases.map((one) => ({
    id: shown(one.id),
    status: 'ok' as const,
    warnings: one.doubts.map(cleaned),
  }));
  const rows = warningRows({ warnings: doubts.map(cleaned), results });
  if (rows.length === 0) return [];
  return [layout.paint(heading('What makes it doubtful')), ...renderColumns(LABELLED, rows, layout)];
}

function cleaned({ id, message, advice }: Comparison['doubts'][number]): Comparison['doubts'][number] {
  return {
    id: shown(id, 40),
    message: shown(message, 600),
    advice: advice === null ? null : shown(advice, 400),
  };
}

function unpairedRows({ unpaired }: Comparison): readonly Row[] {
  return (['baseline', 'contender'] as const).flatMap((side) =>
    unpaired[side].length === 0
      ? []
      : [
          row(
            'not compared',
            `${counted(unpaired[side].length, 'case')} of the ${side} only: ${listed(unpaired[side])}`,
          ),
        ],
  );
}

function refusedRows({ baseline, contender }: Comparison): readonly Row[] {
  return [...baseline.refused, ...contender.refused].map(({ path, message }) =>
    row('refused', { text: refusal(path, message), style: 'caution' }),
  );
}

/** Most messages name the file already. */
function refusal(path: string, message: string): string {
  return message.includes(path) ? shown(message, 400) : `${shown(path)}: ${shown(message, 400)}`;
}

const MOST_LISTED = 5;

/** The first of many; all are in the JSON. */
function listed(ids: readonly string[]): string {
  const rest = ids.length - MOST_LISTED;
  const first = ids.slice(0, MOST_LISTED).map((id) => shown(id));
  return `${first.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
