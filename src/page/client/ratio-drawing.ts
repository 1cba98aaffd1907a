// The drawing of the forest plot: names on the left (above their row where the page is narrow), intervals on the right. What a
// verdict means is said by mark and word as well as by colour.
interface RatioFrame {
  readonly width: number;
  readonly isNarrow: boolean;
  readonly left: number;
  readonly rowHeight: number;
  readonly x: (ratio: number) => number;
}

const RATIO_TOP = 28;

function ratioDrawing(all: readonly RatioRow[], width: number, noiseFloor: number): Node {
  const rows = all.slice(0, RATIO_ROWS_MOST);
  if (rows.length === 0)
    return make('p', { class: 'quiet', text: 'No case of this choice has this metric.' });
  const frame = ratioFrame(rows, width, noiseFloor);
  const height = RATIO_TOP + rows.length * frame.rowHeight + 8;
  const drawing = makeDrawing(
    width,
    height,
    `Ratios of ${rows.length} cases, contender over baseline, with their intervals`,
  );
  drawing.append(...ratioScale(frame, height, noiseFloor));
  rows.forEach((row, index) => {
    drawing.append(ratioRow(row, RATIO_TOP + index * frame.rowHeight, frame));
  });
  return drawing;
}

/** An axis that holds every interval, but no further than a factor of 20 either way. */
function ratioFrame(rows: readonly RatioRow[], width: number, noiseFloor: number): RatioFrame {
  const isNarrow = width < 560;
  const left = isNarrow ? 4 : Math.min(340, width * 0.42);
  const right = width - (isNarrow ? 4 : 150);
  const reach = (ratio: number): number => Math.abs(Math.log(Math.min(20, Math.max(1 / 20, ratio))));
  const ends = rows.flatMap(({ metric: { ratio } }) => [reach(ratio.low), reach(ratio.high)]);
  const most = Math.max(4 * noiseFloor, ...ends) * 1.08;
  const x = (ratio: number): number => {
    const share = (Math.log(ratio) / most + 1) / 2;
    return left + Math.min(1, Math.max(0, share)) * (right - left);
  };
  return { width, isNarrow, left, rowHeight: isNarrow ? 40 : 24, x };
}

function ratioScale(frame: RatioFrame, height: number, noiseFloor: number): readonly SVGElement[] {
  const { x } = frame;
  const [from, to] = [x(1 - noiseFloor), x(1 + noiseFloor)];
  const candidates = [0.05, 0.1, 0.2, 0.5, 0.8, 0.9, 0.95, 0.98, 1, 1.02, 1.05, 1.1, 1.25, 2, 5, 10, 20];
  const ticks: number[] = [];
  for (const tick of [1, ...candidates.sort((a, b) => Math.abs(Math.log(b)) - Math.abs(Math.log(a)))]) {
    const isInside = x(tick) > x(0.0001) && x(tick) < x(10_000);
    if (isInside && ticks.every((other) => Math.abs(x(other) - x(tick)) > 44)) ticks.push(tick);
  }
  return [
    svgRect(
      { x: from, y: RATIO_TOP - 6, width: Math.max(1, to - from), height: height - RATIO_TOP },
      'same',
      0.15,
    ),
    ...ticks.flatMap((tick) => [
      svgLine({ x1: x(tick), x2: x(tick), y1: RATIO_TOP - 6, y2: height - 6 }, 'line', tick === 1 ? 2 : 1),
      svgText(x(tick), 14, `×${tick}`, 'quiet', 'middle'),
    ]),
  ];
}

function ratioRow({ one, metric }: RatioRow, top: number, frame: RatioFrame): SVGGElement {
  const { ratio } = metric;
  const { x, isNarrow, left, width, rowHeight } = frame;
  const group = makeSvg('g', { class: 'ratio-row', attributes: { 'data-verdict': one.verdict } });
  const middle = top + (isNarrow ? 28 : 12);
  const words = `${VERDICT_MARKS[one.verdict] ?? ''} ${one.verdict}`;
  const value = `×${ratio.value.toFixed(3)}`;
  const hit = svgRect({ x: 0, y: top, width, height: rowHeight }, 'accent', 0);
  // On a phone the name stands above its interval, beside the verdict.
  const nameWidth = isNarrow ? width - 118 : left - 12;
  group.append(
    hit,
    svgText(0, top + (isNarrow ? 14 : 16), clipped(one.id, nameWidth), 'text'),
    svgText(width, top + (isNarrow ? 14 : 16), `${value}  ${words}`, one.verdict, 'end'),
  );
  group.append(
    svgLine({ x1: x(ratio.low), x2: x(ratio.high), y1: middle, y2: middle }, one.verdict, 3),
    makeSvg('circle', {
      attributes: { ...texts({ cx: x(ratio.value), cy: middle, r: 4.5 }), ...fillOf(one.verdict, 1) },
    }),
  );
  attachTooltip(group, one.id, () => ratioLines(one, metric));
  return group;
}

function ratioLines(one: ComparedCase, metric: ComparedMetric): readonly TooltipLine[] {
  const unit = metric.unit;
  const text = ({ value, low, high }: ComparedMetric['baseline']): string => {
    const write = (figure: number): string => formatFigure(figure, unit, 'items');
    return `${write(value)} (${write(low)} to ${write(high)})`;
  };
  const { ratio } = metric;
  const digits = (value: number): string => value.toFixed(4);
  return [
    { label: 'metric', value: comparedLabel(metric.id) },
    { label: 'baseline', value: text(metric.baseline) },
    { label: 'contender', value: text(metric.contender) },
    { label: 'ratio', value: `${digits(ratio.value)} (${digits(ratio.low)} to ${digits(ratio.high)})` },
    { label: 'verdict', value: `${one.verdict}: ${one.reason}` },
    {
      label: 'p after Holm',
      value: one.p.available ? one.p.value.holm.toPrecision(2) : `– (${one.p.reason})`,
    },
  ];
}
