// From values to places on an axis, in percent of its length, and where the axis is labelled. Percent, because the drawings
// have the width of the page, whatever that is, and their text keeps its size.

/** A labelled place. */
export interface Tick {
  readonly value: number;
  /** Percent. */
  readonly at: number;
}

/** An axis from `low` to `high`. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly isLog: boolean;
  /** Percent of the length, between 0 and 100 also for values beyond the ends. */
  at(value: number): number;
  readonly ticks: readonly Tick[];
}

/** An axis on which equal differences are equally long; about `count` round values are labelled. */
export function linearScale(low: number, high: number, count = 5): Scale {
  const span = high > low ? high - low : Math.max(1, Math.abs(low));
  const at = (value: number): number => clamped(((value - low) / span) * 100);
  const values = roundValues(low, low + span, count);
  return { low, high: low + span, isLog: false, at, ticks: ticksOf(values, at) };
}

/** An axis on which equal ratios are equally long; powers of ten are labelled, or round values where it has none. */
export function logScale(low: number, high: number): Scale {
  const from = Math.log10(low);
  const span = high > low ? Math.log10(high) - from : 1;
  const at = (value: number): number => clamped(((Math.log10(value) - from) / span) * 100);
  const to = 10 ** (from + span);
  const values = span < 1 ? roundValues(low, to, 5) : decades(from, span);
  const inside = values.filter((value) => value >= low * 0.999 && value <= to * 1.001);
  return { low, high: to, isLog: true, at, ticks: ticksOf(inside, at) };
}

/** Powers of ten, of a short axis with 2 and 5 times as much, of a long one not all. */
function decades(from: number, span: number): readonly number[] {
  const every = Math.max(1, Math.ceil(span / 6));
  const steps = span > 2.2 ? [1] : [1, 2, 5];
  const count = Math.floor(span / every) + 2;
  const powers = Array.from({ length: count }, (_, index) => 10 ** (Math.floor(from) + index * every));
  return powers.flatMap((power) => steps.map((step) => step * power));
}

/** Multiples of 1, 2 or 5 times a power of ten. */
function roundValues(low: number, high: number, count: number): readonly number[] {
  const step = roundStep((high - low) / count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** Logarithmic where positive values differ by more than eight times. */
export function fittingScale(values: readonly number[], count = 5): Scale {
  const [low, high] = extent(values);
  if (low > 0 && high / low >= 8) return logScale(low / 1.15, high * 1.15);
  const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
  return linearScale(low > 0 && low < high * 0.5 ? 0 : low - room, high + room, count);
}

/** The least and the largest of them; 0 and 1 where there are none. */
export function extent(values: readonly number[]): readonly [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

/** 1, 2 or 5 times a power of ten, at least `step`. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5, 10].find((one) => one * power >= step * 0.999) ?? 10;
  return factor * power;
}

function ticksOf(values: readonly number[], at: (value: number) => number): readonly Tick[] {
  return values.map((value) => ({ value, at: at(value) }));
}

function clamped(percent: number): number {
  return Math.min(100, Math.max(0, Number.isFinite(percent) ? percent : 0));
}
