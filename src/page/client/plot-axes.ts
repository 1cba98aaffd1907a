// Axes of plots: colours of the theme, ticks with units. A tick says no more digits than its neighbours need.
type PlotAxis = import('uplot').Axis;

const AXIS_FONT = '12px system-ui, sans-serif';

/** How the ticks of a unit are written. */
type TickText = (values: readonly (number | null)[]) => readonly string[];

interface AxisWords {
  readonly label: string;
  readonly ticks: TickText;
  readonly scale?: string;
  readonly side?: 0 | 1 | 2 | 3;
  readonly size?: number;
}

/** An axis in the colours of the theme in force. */
function plotAxis({ label, ticks, scale, side, size }: AxisWords): PlotAxis {
  const isX = side === undefined || side === 2;
  return {
    ...(scale === undefined ? {} : { scale }),
    ...(side === undefined ? {} : { side }),
    label,
    labelFont: AXIS_FONT,
    labelSize: 20,
    font: AXIS_FONT,
    stroke: colourOf('quiet'),
    grid: { stroke: colourOf('line'), width: 1 },
    ticks: { stroke: colourOf('line'), width: 1 },
    size: size ?? (isX ? 34 : 68),
    space: isX ? 60 : 30,
    values: (_, splits) => [...ticks(splits as readonly (number | null)[])],
  };
}

/** Ticks of durations in one unit, with the digits that tell them apart: `0.5 ms`, `1.0 ms`. */
const nsTicks: TickText = (values) => scaledTicks(values, NS_SCALE);

const byteTicks: TickText = (values) => values.map((value) => (value === null ? '' : tickBytes(value)));

const percentTicks: TickText = (values) =>
  values.map((value) => (value === null ? '' : `${Number((value * 100).toPrecision(3))} %`));

const plainTicks: TickText = (values) =>
  values.map((value) => (value === null ? '' : formatQuantity(Number(value.toPrecision(6)))));

function rateTicks(unit: string): TickText {
  const prefixes = ['P', 'T', 'G', 'M', 'k', ''];
  const scale = prefixes.map((prefix, index) => [10 ** (15 - 3 * index), `${prefix}${unit}`] as const);
  return (values) => scaledTicks(values, scale);
}

/** Ticks of a metric's unit. */
function ticksOf(unit: MetricUnit, itemName: string): TickText {
  if (unit === 'ns') return nsTicks;
  if (unit === 'ratio') return percentTicks;
  if (unit === 'count') return plainTicks;
  return rateTicks(unit === '1/s' ? (itemName === 'items' ? '/s' : `${itemName}/s`) : unit);
}

function tickBytes(value: number): string {
  return formatBytes(value).replace(/\.0+(?= )/, '');
}

/** On logarithmic axes each tick has its own unit, on others all have that of the largest. */
function scaledTicks(values: readonly (number | null)[], scale: NumberScale): readonly string[] {
  const known = values.filter((value): value is number => value !== null);
  const [largest, smallest] = [Math.max(...known.map(Math.abs)), Math.min(...known.filter((one) => one > 0))];
  const isWide = largest / smallest > 500;
  return values.map((value) => {
    if (value === null) return '';
    const [factor, unit] = unitOf(isWide ? Math.abs(value) : largest, scale);
    return `${Number((value / factor).toPrecision(4))} ${unit}`;
  });
}

function unitOf(size: number, scale: NumberScale): readonly [factor: number, unit: string] {
  return scale.find(([one]) => size >= one) ?? scale[scale.length - 1] ?? [1, ''];
}

/** The same colour, see-through. Canvas writes every colour in one form, which is then easy to extend. */
function translucent(colour: string, alpha: number): string {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return colour;
  context.fillStyle = colour;
  const plain = context.fillStyle;
  const part = Math.round(alpha * 255)
    .toString(16)
    .padStart(2, '0');
  return /^#[0-9a-f]{6}$/.test(plain) ? `${plain}${part}` : plain;
}
