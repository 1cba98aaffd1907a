// Sorting the table of cases by a column: a button in each heading that can, with aria-sort for those who listen. Rows without
// a value stay at the end whichever way.
type SortOrder = 'ascending' | 'descending';

function startSorting(table: HTMLElement, rows: readonly CaseRow[]): void {
  const headings = allOf(table, 'thead th');
  headings.forEach((heading, column) => {
    const kind = heading.dataset.sort;
    if (kind === undefined) return;
    const button = make('button', { class: 'sorts', attributes: { type: 'button' } });
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => {
      const order: SortOrder = heading.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', order);
      sortRows(rows, column, kind === 'number', order);
      announce(`sorted by ${heading.textContent}, ${order}`);
    });
  });
}

function sortRows(rows: readonly CaseRow[], column: number, isNumber: boolean, order: SortOrder): void {
  const sign = order === 'ascending' ? 1 : -1;
  const keyed = rows.map(({ row, index }) => {
    const cell = row.cells[column];
    const value = isNumber ? cell?.dataset.value : cell?.textContent?.trim();
    return { row, index, value: value === '' ? undefined : value };
  });
  keyed.sort((a, b) => {
    if (a.value === undefined || b.value === undefined) {
      return Number(a.value === undefined) - Number(b.value === undefined) || a.index - b.index;
    }
    const difference = isNumber ? Number(a.value) - Number(b.value) : a.value.localeCompare(b.value);
    return sign * difference || a.index - b.index;
  });
  keyed[0]?.row.parentElement?.append(...keyed.map(({ row }) => row));
}
