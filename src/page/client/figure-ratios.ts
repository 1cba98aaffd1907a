// Every case of the comparison as its ratio with interval, one under the other on a logarithmic axis (a forest plot), with the
// noise floor as a band around 1. Sorting and filtering change the order and the choice, never the figures.
const RATIO_ROWS_MOST = 500;

interface RatioRow {
  readonly one: ComparedCase;
  readonly metric: ComparedMetric;
}

interface RatioChoice {
  readonly verdict: string;
  readonly sort: string;
  readonly metric: string;
}

const RATIO_SORTS: readonly Choice[] = [
  { value: 'order', label: 'order of the report' },
  { value: 'ratio', label: 'ratio' },
  { value: 'distance', label: 'distance from 1' },
  { value: 'width', label: 'width of the interval' },
  { value: 'name', label: 'name' },
];

const VERDICT_MARKS: Readonly<Record<string, string>> = { faster: '▲', slower: '▼', same: '=', unclear: '?' };

function drawRatios(place: HTMLElement): void {
  const { comparison } = pageState.data;
  if (comparison === null || comparison.cases.length === 0) return;
  let chosen: RatioChoice = { verdict: 'all', sort: 'order', metric: 'judged' };
  const count = make('p', { class: 'note', attributes: { role: 'status' } });
  const rows = (): readonly RatioRow[] => ratioRows(comparison.cases, chosen);
  const change = (part: Partial<RatioChoice>): void => {
    chosen = { ...chosen, ...part };
    count.textContent = `${rows().length} of ${comparison.cases.length} cases`;
    drawing.rebuild();
  };
  place.append(ratioControls(comparison.cases, chosen, change), count);
  const drawing = mountDrawing(place, (width) => ratioDrawing(rows(), width, comparison.options.noiseFloor));
  change({});
}

function ratioControls(
  cases: readonly ComparedCase[],
  chosen: RatioChoice,
  change: (part: Partial<RatioChoice>) => void,
): HTMLElement {
  const metrics = [...new Set(cases.flatMap((one) => one.metrics.map(({ id }) => id as string)))];
  const verdicts = ['faster', 'slower', 'same', 'unclear'].map((verdict) => ({
    value: verdict,
    label: `${verdict} (${cases.filter((one) => one.verdict === verdict).length})`,
  }));
  const metricChoices = metrics.map((id) => ({ value: id, label: comparedLabel(id) }));
  return make(
    'div',
    { class: 'controls' },
    makeSelect('verdict', [{ value: 'all', label: 'all' }, ...verdicts], chosen.verdict, (verdict) =>
      change({ verdict }),
    ),
    makeSelect('sorted by', RATIO_SORTS, chosen.sort, (sort) => change({ sort })),
    makeSelect(
      'metric',
      [{ value: 'judged', label: 'the one judged by' }, ...metricChoices],
      chosen.metric,
      (metric) => change({ metric }),
    ),
  );
}

function comparedLabel(id: string): string {
  return id === 'undisturbedWallTime' ? 'undisturbed wall time' : metricWords(id).label;
}

/** The cases that have the metric and the verdict asked for, in the order asked for. */
function ratioRows(
  cases: readonly ComparedCase[],
  { verdict, sort, metric }: RatioChoice,
): readonly RatioRow[] {
  const rows = cases.flatMap((one) => {
    const wanted = metric === 'judged' ? one.judgedBy : metric;
    const found = one.metrics.find(({ id }) => id === wanted);
    return found === undefined || (verdict !== 'all' && one.verdict !== verdict)
      ? []
      : [{ one, metric: found }];
  });
  const key = RATIO_KEYS[sort];
  if (sort === 'name') return rows.sort((a, b) => a.one.id.localeCompare(b.one.id));
  return key === undefined ? rows : rows.sort((a, b) => key(b) - key(a));
}

const RATIO_KEYS: Readonly<Record<string, (row: RatioRow) => number>> = {
  ratio: ({ metric }) => metric.ratio.value,
  distance: ({ metric }) => Math.abs(Math.log(metric.ratio.value)),
  width: ({ metric }) => metric.ratio.high / metric.ratio.low,
};
