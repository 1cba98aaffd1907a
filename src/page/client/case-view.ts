// Choosing a case: by its row, its link, or the address (`#case=…`), which can be passed on. The details of the case open, its
// figures are drawn, and Escape leads back to the row.

function startCaseView(): void {
  for (const details of allOf(document, 'details.case')) prepareDetails(details as HTMLDetailsElement);
  document.addEventListener('click', followCaseLink);
  document.addEventListener('keydown', closeOnEscape);
  addEventListener('hashchange', openHash);
  openHash();
}

function caseHash(one: PageCase): string {
  // Half of a pair has no place in an address.
  return `#case=${encodeURIComponent(one.id.replace(/\p{Surrogate}/gu, '\ufffd'))}`;
}

/** The case that the address names, by id (`#case=…`) or by place (`#case-3`). */
function hashedCase(): number | null {
  const place = /^#case-(\d+)$/.exec(location.hash)?.[1];
  if (place !== undefined) return Number(place);
  const id = /^#case=(.+)$/.exec(location.hash)?.[1];
  if (id === undefined) return null;
  const index = pageState.data.cases.findIndex((one) => caseHash(one) === `#case=${id}`);
  return index < 0 ? null : index;
}

function openHash(): void {
  const index = hashedCase();
  if (index !== null) openCase(index, false);
}

/** A click anywhere in a row chooses its case, unless it selects text. */
function followCaseLink(event: MouseEvent): void {
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>('tr[data-case]');
  const link = target.closest<HTMLAnchorElement>('a[href^="#case-"]');
  if (event.ctrlKey || event.metaKey || event.shiftKey || (row === null && link === null)) return;
  if (link === null && (target.closest('a, button') !== null || getSelection()?.isCollapsed === false))
    return;
  event.preventDefault();
  openCase(Number(row?.dataset.case ?? link?.hash.slice('#case-'.length)), true);
}

/** Opens the details of a case and brings them into view; makes them where the page has none. */
function openCase(index: number, setsHash: boolean): void {
  const one = caseAt(index);
  if (one === null) return;
  const details = detailsOf(index) ?? makeDetails(index, one);
  if (details === null) return;
  details.open = true;
  const summary = details.querySelector('summary');
  details.scrollIntoView({ block: 'start', behavior: isMotionReduced() ? 'auto' : 'smooth' });
  summary?.focus({ preventScroll: true });
  announce(`opened ${one.id}`);
  if (setsHash) history.replaceState(null, '', caseHash(one));
}

function isMotionReduced(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function detailsOf(index: number): HTMLDetailsElement | null {
  return document.querySelector<HTMLDetailsElement>(`details.case[data-case="${index}"]`);
}

/** Adds what only the script can show, and watches the figures. */
function prepareDetails(details: HTMLDetailsElement): void {
  const prepare = (): void => {
    details.removeEventListener('toggle', prepare);
    addReportFigures(details);
    watchFigures(details);
  };
  details.addEventListener('toggle', prepare);
  if (details.open) prepare();
}

/** With several reports: which one the figures speak of, and the metric over all of them, behind what is static. */
function addReportFigures(details: HTMLDetailsElement): void {
  const choice = makeReportChoice();
  const summary = details.querySelector('summary');
  if (choice === null || summary === null) return;
  const index = Number(details.dataset.case);
  const last = allOf(details, 'figure:not(.only-live)').at(-1);
  (last ?? summary).after(makeFigure('reports', index, 'A metric over the reports'));
  summary.after(make('div', { class: 'controls' }, choice));
}

/** A figure without a static drawing. */
function makeFigure(kind: DrawnFigure, index: number, title: string): HTMLElement {
  return make(
    'figure',
    { class: 'figure only-live', attributes: { 'data-figure': kind, 'data-case': String(index) } },
    make('h4', { text: title }),
    make('div', { class: 'live' }),
  );
}

/** From within the details of a case back to its row. */
function closeOnEscape(event: KeyboardEvent): void {
  const target = event.target as HTMLElement | null;
  const details = target?.closest?.<HTMLDetailsElement>('details.case[open]');
  if (event.key !== 'Escape' || !details) return;
  details.open = false;
  hideTooltip();
  const link = document.querySelector<HTMLElement>(`tr[data-case="${details.dataset.case}"] a`);
  (link ?? details.querySelector('summary'))?.focus();
}
