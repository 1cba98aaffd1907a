// Numbers as people write and read them: 16Mi, 2.5 ms, 13.4 GB/s. Nothing here measures.
import { GuestmarkError } from './errors.ts';
import { shownText } from './shown-text.ts';

const BINARY = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 } as const;
const DURATION_NS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, min: 60e9 };

/**
 * Parses a number with an optional binary suffix: `4096`, `16Mi`, `0.5`, `1e6`.
 *
 * @throws GuestmarkError (usage) when the text is no number.
 */
export function parseQuantity(text: string): number {
  const match = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(Ki|Mi|Gi|Ti)?$/.exec(text.trim());
  if (match === null) {
    throw new GuestmarkError(
      'usage',
      `Cannot read number "${shownText(text)}": not of the form 4096, 16Mi or 0.5`,
    );
  }
  return Number(match[1]) * (match[2] === undefined ? 1 : BINARY[match[2] as keyof typeof BINARY]);
}

/** From here on JavaScript writes powers of ten, which are shorter. */
const LONGEST = 1e21;

/** Writes a whole number with the largest exact binary suffix: 4194304 → `4Mi`, 1000 → `1000`. */
export function formatQuantity(value: number): string {
  if (!Number.isInteger(value) || value === 0 || Math.abs(value) >= LONGEST) return String(value);
  for (const suffix of ['Ti', 'Gi', 'Mi', 'Ki'] as const) {
    if (value % BINARY[suffix] === 0) return `${value / BINARY[suffix]}${suffix}`;
  }
  return String(value);
}

/**
 * Parses a duration to nanoseconds: `500ms`, `2s`, `1.5min`; a bare number is seconds.
 *
 * @throws GuestmarkError (usage) when the text is no duration or is negative.
 */
export function parseDurationNs(text: string): number {
  const match = /^(\d+(?:\.\d*)?|\.\d+)\s*(ns|us|µs|ms|s|min)?$/.exec(text.trim());
  if (match === null) {
    throw new GuestmarkError(
      'usage',
      `Cannot read duration "${shownText(text)}": not of the form 500ms, 2s or 1.5min`,
    );
  }
  return Number(match[1]) * (DURATION_NS[match[2] ?? 's'] as number);
}

/** Writes a duration with three significant digits and the unit that fits: `12.3 µs`. */
export function formatNs(ns: number): string {
  return formatScaled(ns, NS_SCALE);
}

const NS_SCALE = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [1, 'ns'],
] as const;

/**
 * Writes an interval of durations in one unit, with three digits of its larger end, rounded outwards so that it
 * holds what it is to hold: `16.9–17.4 ms`.
 */
export function formatNsRange(lowNs: number, highNs: number): string {
  return formatScaledRange(lowNs, highNs, NS_SCALE);
}

/** Writes an interval of rates in the same way: `formatRateRange(9.1e9, 9.25e9, 'B/s')` → `9.10–9.25 GB/s`. */
export function formatRateRange(lowPerSecond: number, highPerSecond: number, unit: string): string {
  return formatScaledRange(lowPerSecond, highPerSecond, rateScale(unit));
}

/** Factors with their units, the largest first. */
type Scale = readonly (readonly [factor: number, unit: string])[];

function formatScaledRange(lowValue: number, highValue: number, scale: Scale): string {
  const [factor, unit] = scale.find(([one]) => highValue >= one) ?? (scale.at(-1) as Scale[number]);
  const digits = Math.min(3, Math.max(0, 2 - Math.floor(Math.log10(Math.max(1, highValue / factor)))));
  const step = 10 ** digits;
  // What is a rounding error of the division away from a whole step is that step.
  const low = Math.floor((lowValue / factor) * step + 1e-9) / step;
  const high = Math.ceil((highValue / factor) * step - 1e-9) / step;
  return `${low.toFixed(digits)}–${high.toFixed(digits)} ${unit}`;
}

/** Writes a size in binary units: `128 MiB`. */
export function formatBytes(bytes: number): string {
  return formatScaled(bytes, [
    [2 ** 40, 'TiB'],
    [2 ** 30, 'GiB'],
    [2 ** 20, 'MiB'],
    [2 ** 10, 'KiB'],
    [1, 'B'],
  ]);
}

/** Writes a rate in decimal units: `formatRate(1.34e10, 'B/s')` → `13.4 GB/s`. */
export function formatRate(perSecond: number, unit: string): string {
  return formatScaled(perSecond, rateScale(unit));
}

/** Writes parts per million with three significant digits, below one with two: `12.3 ppm`, `0.0034 ppm`. */
export function formatPpm(ppm: number): string {
  return `${ppm === 0 || Math.abs(ppm) >= 0.9995 ? significant(ppm) : digitsBelowOne(ppm)} ppm`;
}

/** Writes a count, which may be a mean: whole numbers as they are, others as parts per million are. */
export function formatCount(count: number): string {
  if (Number.isInteger(count)) return String(count);
  return Math.abs(count) >= 0.9995 ? significant(count) : digitsBelowOne(count);
}

/** Two significant digits without an exponent: 0.0034. */
function digitsBelowOne(value: number): string {
  const digits = Math.min(12, 1 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(digits);
}

function rateScale(unit: string): Scale {
  return [
    [1e15, `P${unit}`],
    [1e12, `T${unit}`],
    [1e9, `G${unit}`],
    [1e6, `M${unit}`],
    [1e3, `k${unit}`],
    [1, unit],
  ];
}

/** The unit and the digits are those of the rounded value: 99.97 is `100`, and 999.7 ns is `1.00 µs`. */
function formatScaled(value: number, scales: Scale): string {
  const smallest = scales.at(-1) as Scale[number];
  // Zero has no digits that count.
  if (value === 0) return `0 ${smallest[1]}`;
  const size = Math.abs(value);
  const [factor, unit] = scales.find(([scale]) => size >= 0.9995 * scale) ?? smallest;
  return `${significant(value / factor)} ${unit}`;
}

/** Three significant digits without an exponent, for sizes from 0.001 to 9999. */
function significant(value: number): string {
  const size = Math.abs(value);
  if (size >= 99.95) return value.toFixed(0);
  if (size >= 9.995) return value.toFixed(1);
  return value.toFixed(2);
}
