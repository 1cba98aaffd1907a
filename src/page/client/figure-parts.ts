// Where the wall time of an iteration went, a bar for each report, part upon part: times, or shares of each bar. Tooltips tell
// what the clocks leave open.
const PART_ROWS_MOST = 60;
const PART_ROW_HEIGHT = 34;

interface PartRow {
  readonly label: string;
  readonly parts: PageResult['parts'];
  readonly sumNs: number;
}

function drawParts(place: HTMLElement, one: PageCase): void {
  // The static bars are those of both sides, or of all reports: with no more reports than that they say the same.
  const isStatic = place.closest('.only-live') === null;
  if (isStatic && partRows(one).length <= (pageState.data.comparison === null ? 1 : 2)) return;
  let isShare = false;
  const toggle = makeToggle('as shares', false, (pressed) => {
    isShare = pressed;
    drawing.rebuild();
  });
  place.append(make('div', { class: 'controls' }, toggle), makePartsKey(one));
  const drawing = mountDrawing(place, (width) => partsDrawing(partRows(one), width, isShare));
}

/** Reports that know parts: the chosen one first where there are too many for one drawing. */
function partRows(one: PageCase): readonly PartRow[] {
  const rows = one.results.flatMap((result, report) => {
    if (result === null || result.parts.length === 0) return [];
    const sumNs = result.parts.reduce((sum, { ns }) => sum + Math.max(0, ns[0]), 0);
    return [{ label: reportLabel(report), parts: result.parts, sumNs, report }];
  });
  const from = Math.max(0, rows.findIndex(({ report }) => report === pageState.report) - PART_ROWS_MOST / 2);
  return rows.slice(from, from + PART_ROWS_MOST);
}

function makePartsKey(one: PageCase): HTMLElement {
  const there = new Set(one.results.flatMap((result) => (result?.parts ?? []).map(({ id }) => id as string)));
  const entries = Object.entries(PARTS).filter(([id]) => there.has(id));
  return make(
    'ul',
    { class: 'colours' },
    ...entries.map(([, { label, colour }]) => make('li', {}, makeSwatch(colour), label)),
  );
}

function partsDrawing(rows: readonly PartRow[], width: number, isShare: boolean): Node {
  if (rows.length === 0)
    return make('p', { class: 'quiet', text: 'No report tells the parts of this case.' });
  const height = rows.length * PART_ROW_HEIGHT + 24;
  const drawing = makeDrawing(width, height, 'Mean parts of the wall time, a bar for each report');
  const largest = isShare ? 1 : Math.max(...rows.map(({ sumNs }) => sumNs)) * 1.03;
  const scale = (value: number): number => (value / largest) * (width - 2);
  rows.forEach((row, index) => {
    drawing.append(partsRow(row, index * PART_ROW_HEIGHT, width, isShare, scale));
  });
  for (const [at, anchor] of PART_TICKS) {
    const text = isShare ? `${at * 100} %` : formatNs(at * largest);
    drawing.append(svgText(at * (width - 2), height - 6, text, 'quiet', anchor));
  }
  return drawing;
}

const PART_TICKS = [
  [0, 'start'],
  [0.5, 'middle'],
  [1, 'end'],
] as const;

function partsRow(
  row: PartRow,
  top: number,
  width: number,
  isShare: boolean,
  scale: (value: number) => number,
): SVGGElement {
  const group = makeSvg('g');
  group.append(svgText(0, top + 11, clipped(partRowTitle(row), width), 'text'));
  let at = 0;
  const unit = isShare && row.sumNs > 0 ? row.sumNs : 1;
  for (const part of row.parts) {
    const ns = Math.max(0, part.ns[0]);
    const words = PARTS[part.id] ?? { label: part.id, colour: 'quiet' };
    const x = scale(at / unit);
    const bar = svgRect({ x, y: top + 16, width: scale(ns / unit), height: 14 }, words.colour);
    attachTooltip(bar, row.label, () => partLines(row, part, words));
    group.append(bar);
    at += ns;
  }
  return group;
}

function partRowTitle({ label, sumNs }: PartRow): string {
  return `${label}: ${formatNs(sumNs)}`;
}

function partLines(
  row: PartRow,
  { ns: [value, low, high] }: PageResult['parts'][number],
  { label, colour }: { readonly label: string; readonly colour: ColourName },
): readonly TooltipLine[] {
  return [
    { label, value: exactNs(value), colour: colour },
    { label: 'between', value: `${formatNs(low)} and ${formatNs(high)}` },
    { label: 'share', value: row.sumNs > 0 ? formatPercent(value / row.sumNs) : '–' },
  ];
}
