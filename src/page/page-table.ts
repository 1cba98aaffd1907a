// Tables with caption, headed columns and a headed row each, in a box that scrolls sideways by itself. Knows no content.
import { type Content, element, type Markup } from './markup.ts';
import { PAGE_CLASSES } from './page-elements.ts';

/** A column. */
interface TableColumn {
  readonly heading: Content;
  readonly isNumber?: boolean;
  /** What the script may sort by. */
  readonly sort?: 'text' | 'number';
  /** Of the column that is wide enough for a drawing. */
  readonly isDrawing?: boolean;
}

/** A cell, and the number that it shows, for sorting. */
export interface TableCell {
  readonly content: Content;
  readonly value?: number;
  readonly kind?: string;
}

/** A row; its first cell is its heading. */
export interface TableRow {
  readonly cells: readonly (Content | TableCell)[];
  readonly attributes?: Readonly<Record<string, string | number | null>>;
}

/** A table. */
export interface TableContent {
  readonly id?: string;
  readonly caption: Content;
  readonly hidesCaption?: boolean;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

/** The table in its box. */
export function dataTable({ id, caption, hidesCaption, columns, rows }: TableContent): Markup {
  return element(
    'div',
    { class: PAGE_CLASSES.scrolls, tabindex: '0', role: 'group', 'aria-label': 'table, scrolls sideways' },
    element(
      'table',
      { id: id ?? null },
      element('caption', { class: hidesCaption === true ? PAGE_CLASSES.visuallyHidden : null }, caption),
      element('thead', {}, element('tr', {}, columns.map(headCell))),
      element(
        'tbody',
        {},
        rows.map(({ cells, attributes }) =>
          element(
            'tr',
            attributes ?? {},
            cells.map((cell, index) => bodyCell(cell, index, columns[index])),
          ),
        ),
      ),
    ),
  );
}

function headCell({ heading, isNumber, sort, isDrawing }: TableColumn): Markup {
  return element(
    'th',
    {
      scope: 'col',
      class: isNumber === true ? 'number' : isDrawing === true ? 'drawn-column' : null,
      'data-sort': sort ?? null,
    },
    heading,
  );
}

function bodyCell(cell: Content | TableCell, index: number, column: TableColumn | undefined): Markup {
  const { content, value, kind } = isTableCell(cell)
    ? cell
    : { content: cell, value: undefined, kind: undefined };
  const kinds = [
    column?.isNumber === true ? 'number' : null,
    column?.isDrawing === true ? 'drawn-column' : null,
    kind,
  ];
  const name = kinds.filter((one) => one !== null && one !== undefined).join(' ');
  return element(
    index === 0 ? 'th' : 'td',
    {
      scope: index === 0 ? 'row' : null,
      class: name === '' ? null : name,
      'data-value': value === undefined ? null : String(value),
    },
    content,
  );
}

/** Whether it is a cell with a number, and not the content of one. */
export function isTableCell(cell: Content | TableCell): cell is TableCell {
  return typeof cell === 'object' && cell !== null && 'content' in cell;
}
