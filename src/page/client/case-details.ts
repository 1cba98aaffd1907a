// The details of a case that the page holds as data only, because it has too many to draw them all: its figures in words, its
// warnings, and the figures that the script draws.
const DETAIL_FIGURES: readonly (readonly [DrawnFigure, string])[] = [
  ['adjusted', 'Raw against corrected'],
  ['distributions', 'Distribution of every clock'],
  ['parts', 'Where the wall time went'],
  ['timeline', 'Dispatches in time'],
  ['course', 'Samples one after the other'],
];

/** Makes the details and puts them where the page wants them; null where it has no such place. */
function makeDetails(index: number, one: PageCase): HTMLDetailsElement | null {
  const place = byId('case-detail');
  if (place === null) return null;
  const values = make('div');
  const details = make(
    'details',
    { class: 'case', attributes: { id: `case-${index}`, 'data-case': String(index) } },
    make('summary', { text: one.id }),
    values,
    ...detailFigures(one).map(([kind, title]) => makeFigure(kind, index, title)),
  );
  const fill = (): void => values.replaceChildren(...caseValues(one));
  fill();
  reportListeners.push(fill);
  prepareDetails(details);
  place.append(details);
  return details;
}

/** Only what some report has data for. */
function detailFigures(one: PageCase): typeof DETAIL_FIGURES {
  const has: Readonly<Partial<Record<DrawnFigure, (result: PageResult) => boolean>>> = {
    parts: ({ parts }) => parts.length > 0,
    timeline: ({ timeline }) => timeline.length > 0,
  };
  const hasSamples = ({ clocks }: PageResult): boolean => Object.keys(clocks).length > 0;
  return DETAIL_FIGURES.filter(([kind]) =>
    one.results.some((result) => result !== null && (has[kind] ?? hasSamples)(result)),
  );
}

/** What the chosen report says of the case. */
function caseValues(one: PageCase): readonly HTMLElement[] {
  const result = chosenResult(one);
  const label = reportLabel(pageState.report);
  if (result === null) return [make('p', { class: 'quiet', text: `${label} does not have this case.` })];
  const problem = result.problem === null ? [] : [make('p', { text: result.problem })];
  return [...problem, metricsTable(one, result, label), ...warningList(result)];
}

function metricsTable(one: PageCase, result: PageResult, label: string): HTMLElement {
  const rows = Object.entries(result.metrics).map(([id, [value, low, high]]) => {
    const text = (figure: number): string => metricText(id, figure, one.itemName);
    return make(
      'tr',
      { attributes: { 'data-metric': id } },
      make('th', { text: metricWords(id).label, attributes: { scope: 'row' } }),
      make('td', { class: 'number', text: text(value) }),
      make('td', { class: 'number quiet', text: `${text(low)} to ${text(high)}` }),
    );
  });
  const caption = `${label}: ${result.samples} samples`;
  const table = make('table', {}, make('caption', { text: caption }), make('tbody', {}, ...rows));
  return make('div', { class: 'scrolls' }, table);
}

function warningList({ warnings }: PageResult): readonly HTMLElement[] {
  if (warnings.length === 0) return [];
  const items = warnings.map(({ id, message, advice }) =>
    make('li', {}, make('strong', { text: id }), `: ${message}${advice === null ? '' : ` (${advice})`}`),
  );
  return [make('ul', { class: 'warnings' }, ...items)];
}
