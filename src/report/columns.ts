// Text in aligned columns that fit a width: the one writer behind every table of the terminal. Knows
// nothing of what the cells say.
import { displayWidth, padToWidth, printable } from './display-width.ts';
import { type Paint, type Painted, textOf } from './paint.ts';
import { wrapText } from './wrap-text.ts';

/** A column. */
export interface Column {
  readonly heading?: Painted;
  /** Default `left`. */
  readonly align?: 'left' | 'right';
  /** May be made narrower by breaking its cells into lines; other columns keep their width. */
  readonly wraps?: boolean;
}

/** A row: one cell per column (missing ones are empty; none at all below a text is no line), and text above and under it over the whole width. */
export interface Row {
  readonly above?: readonly Painted[];
  readonly cells: readonly Painted[];
  readonly below?: readonly Painted[];
}

/** How wide and how coloured. */
export interface Layout {
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
}

/** Between two columns. */
export const GAP = 2;
const LEAST_WIDTH = 10;
const INDENT = '  ';

/** Lines without trailing spaces; none is wider than the width unless columns that do not wrap are. */
export function renderColumns(
  columns: readonly Column[],
  rows: readonly Row[],
  layout: Layout,
): readonly string[] {
  const headings = columns.map(({ heading }) => heading ?? '');
  const all = headings.some((heading) => textOf(heading) !== '') ? [{ cells: headings }, ...rows] : rows;
  const widths = fitted(columns, naturalWidths(columns, rows), layout.width);
  return all.flatMap((row) => renderRow(columns, widths, row, layout));
}

/** How wide each column is where nothing is broken into lines. */
export function naturalWidths(columns: readonly Column[], rows: readonly Row[]): readonly number[] {
  return columns.map(({ heading = '' }, index) => {
    const cells = [heading, ...rows.map((row) => row.cells[index] ?? '')];
    const lines = cells.flatMap((cell) => textOf(cell).split('\n'));
    return lines.reduce((widest, line) => Math.max(widest, displayWidth(printable(line))), 0);
  });
}

/** Takes what is too much from the columns that wrap, always from the widest. */
function fitted(columns: readonly Column[], natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural];
  const total = (): number =>
    widths.reduce((sum, one) => sum + one, 0) + GAP * Math.max(0, widths.length - 1);
  while (total() > width) {
    const widest = widestOf(widths, (index) => columns[index]?.wraps === true);
    if (widest === undefined) break;
    widths[widest] = (widths[widest] as number) - 1;
  }
  return widths;
}

/** The widest column that may still become narrower. */
function widestOf(widths: readonly number[], wraps: (index: number) => boolean): number | undefined {
  const candidates = widths
    .map((width, index) => ({ width, index }))
    .filter(({ width, index }) => wraps(index) && width > LEAST_WIDTH);
  return candidates.sort((a, b) => b.width - a.width)[0]?.index;
}

function renderRow(
  columns: readonly Column[],
  widths: readonly number[],
  row: Row,
  layout: Layout,
): readonly string[] {
  const cells = columns.map((_, index) =>
    wrapText(textOf(row.cells[index] ?? ''), Math.max(1, widths[index] as number)),
  );
  const height = Math.max(...cells.map(({ length }) => length));
  const lines = Array.from({ length: height }, (_, line) =>
    columns
      .map(({ align }, index) => {
        const padded = padToWidth(
          cells[index]?.[line] ?? '',
          widths[index] as number,
          align === 'right' ? 'left' : 'right',
        );
        // The last column is not filled up, so that no line ends in spaces.
        const text = index === columns.length - 1 ? padded.trimEnd() : padded;
        return layout.paint(row.cells[index] ?? '', text);
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
  return [
    ...(row.above ?? []).flatMap((text) => wholeWidth(text, layout)),
    ...(row.above !== undefined && row.cells.length === 0 ? [] : lines),
    ...(row.below ?? []).flatMap((text) => indented(text, layout)),
  ];
}

function wholeWidth(text: Painted, { width, paint }: Layout): readonly string[] {
  return wrapText(textOf(text), Math.max(LEAST_WIDTH, width)).map((line) => paint(text, line));
}

function indented(text: Painted, { width, paint }: Layout): readonly string[] {
  return wrapText(textOf(text), Math.max(LEAST_WIDTH, width - INDENT.length)).map(
    (line) => INDENT + paint(text, line),
  );
}
