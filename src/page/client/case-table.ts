// The table of cases: found by words, category or verdict, sorted by any column. The rows are those of the page; this only
// hides and orders them.
interface CaseRow {
  readonly row: HTMLTableRowElement;
  readonly index: number;
  readonly words: string;
  readonly category: string;
  readonly verdict: string;
}

interface CaseFilter {
  readonly words: string;
  readonly category: string;
  readonly verdict: string;
}

function startCaseTable(): void {
  const table = byId('case-table');
  if (table === null) return;
  const rows = caseRows(table);
  let filter: CaseFilter = { words: '', category: 'all', verdict: 'all' };
  const change = (part: Partial<CaseFilter>): void => {
    filter = { ...filter, ...part };
    showRows(rows, filter);
  };
  byId('case-controls')?.append(...caseControls(rows, change));
  startSorting(table, rows);
  attachRowKeys(table);
  showRows(rows, filter);
}

function caseRows(table: HTMLElement): readonly CaseRow[] {
  return allOf(table, 'tbody tr[data-case]').map((row) => {
    const index = Number(row.dataset.case);
    const one = caseAt(index);
    return {
      row: row as HTMLTableRowElement,
      index,
      words: `${one?.id ?? ''} ${one?.benchmark ?? ''} ${one?.category ?? ''}`.toLowerCase(),
      category: one?.category ?? '',
      verdict: row.dataset.verdict ?? '',
    };
  });
}

function caseControls(
  rows: readonly CaseRow[],
  change: (part: Partial<CaseFilter>) => void,
): readonly HTMLElement[] {
  const search = make('input', {
    class: 'control',
    attributes: { type: 'search', placeholder: 'copy 16Mi' },
  });
  search.addEventListener('input', () => change({ words: search.value.toLowerCase() }));
  search.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    search.value = '';
    change({ words: '' });
  });
  const label = make('label', { class: 'choice' }, make('span', { text: 'find' }), search);
  const some = (title: string, key: 'category' | 'verdict'): HTMLElement | null => {
    const values = [...new Set(rows.map((row) => row[key]).filter((value) => value !== ''))].sort();
    if (values.length < 2) return null;
    const count = (value: string): number => rows.filter((row) => row[key] === value).length;
    const choices = values.map((value) => ({ value, label: `${value} (${count(value)})` }));
    return makeSelect(title, [{ value: 'all', label: 'all' }, ...choices], 'all', (value) =>
      change({ [key]: value }),
    );
  };
  const controls = [
    label,
    some('category', 'category'),
    some(pageState.data.comparison === null ? 'state' : 'verdict', 'verdict'),
  ];
  return controls.filter((control): control is HTMLElement => control !== null);
}

/** Every word must be found. */
function showRows(rows: readonly CaseRow[], { words, category, verdict }: CaseFilter): void {
  const wanted = words.split(/\s+/).filter((word) => word !== '');
  let shown = 0;
  for (const one of rows) {
    const isShown =
      wanted.every((word) => one.words.includes(word)) &&
      (category === 'all' || one.category === category) &&
      (verdict === 'all' || one.verdict === verdict);
    one.row.classList.toggle('filtered', !isShown);
    if (isShown) shown += 1;
  }
  const count = byId('case-count');
  if (count !== null) count.textContent = `${shown} of ${rows.length} cases`;
}

/** Arrow keys go from row to row; Enter opens, because rows hold links. */
function attachRowKeys(table: HTMLElement): void {
  table.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = (event.target as HTMLElement).closest('tbody tr');
    if (step === undefined || row === null) return;
    const shown = allOf(table, 'tbody tr:not(.filtered)');
    const next = shown[shown.indexOf(row as HTMLElement) + step];
    next?.querySelector<HTMLElement>('a')?.focus();
    if (next !== undefined) event.preventDefault();
  });
}
