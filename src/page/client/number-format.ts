// Numbers as the terminal writes them: the same digits and units as src/base/units.ts, src/report/percent.ts and
// src/report/figure-text.ts, written again because these scripts load nothing. A test compares the two.
type NumberScale = readonly (readonly [factor: number, unit: string])[];

const NS_SCALE: NumberScale = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [1, 'ns'],
];

const BYTE_SCALE: NumberScale = [
  [2 ** 40, 'TiB'],
  [2 ** 30, 'GiB'],
  [2 ** 20, 'MiB'],
  [2 ** 10, 'KiB'],
  [1, 'B'],
];

/** Three significant digits and the unit that fits: `12.3 µs`. */
function formatNs(ns: number): string {
  return formatScaled(ns, NS_SCALE);
}

/** `128 MiB`. */
function formatBytes(bytes: number): string {
  return formatScaled(bytes, BYTE_SCALE);
}

/** `13.4 GB/s`. */
function formatRate(perSecond: number, unit: string): string {
  const prefixes = ['P', 'T', 'G', 'M', 'k', ''];
  return formatScaled(
    perSecond,
    prefixes.map((prefix, index) => [10 ** (15 - 3 * index), `${prefix}${unit}`]),
  );
}

/** A count, which may be a mean: whole numbers as they are, others with three digits. */
function formatCount(count: number): string {
  if (Number.isInteger(count)) return String(count);
  return Math.abs(count) >= 0.9995 ? significantDigits(count) : digitsBelowOne(count);
}

/** A whole number with the largest exact binary suffix: 4194304 → `4Mi`. */
function formatQuantity(value: number): string {
  if (!Number.isInteger(value) || value === 0 || Math.abs(value) >= 1e21) return String(value);
  const suffix = ['Ti', 'Gi', 'Mi', 'Ki'].findIndex((_, index) => value % 2 ** (40 - 10 * index) === 0);
  return suffix < 0 ? String(value) : `${value / 2 ** (40 - 10 * suffix)}${['Ti', 'Gi', 'Mi', 'Ki'][suffix]}`;
}

/** A ratio as a percentage with two significant digits: 0.0123 → `1.2 %`. */
function formatPercent(ratio: number): string {
  const percent = ratio * 100;
  const size = Math.abs(percent);
  if (percent === 0) return '0 %';
  if (size >= 9.95) return `${percent.toFixed(0)} %`;
  if (size >= 0.095) return `${percent.toFixed(1)} %`;
  if (size >= 0.0095) return `${percent.toFixed(2)} %`;
  return percent > 0 ? '<0.01 %' : '>-0.01 %';
}

/** A value in its unit, rates of items in the unit of their field: `12.3 GB/s`, `45.6 Mkeys/s`, `87 %`. */
function formatFigure(value: number, unit: MetricUnit, itemName: string): string {
  switch (unit) {
    case 'ns':
      return itemName === 'items' ? formatNs(value) : `${formatNs(value)}/${singularOf(itemName)}`;
    case '1/s':
      return formatRate(value, itemName === 'items' ? '/s' : `${itemName}/s`);
    case 'ratio':
      return formatPercent(value);
    case 'count':
      return formatCount(value);
    default:
      return formatRate(value, unit);
  }
}

/** `hops` → `hop`, `passes` → `pass`. */
function singularOf(plural: string): string {
  return plural.replace(/(ss|sh|ch|x)es$/, '$1').replace(/(?<!s)s$/, '');
}

/** All digits that a number holds, grouped for reading: what tooltips add to the rounded value. */
function exactNumber(value: number): string {
  const [whole = '', part] = String(value).split('.');
  const grouped = /^-?\d{5,}$/.test(whole) ? whole.replace(/\B(?=(\d{3})+$)/g, '\u2009') : whole;
  return part === undefined ? grouped : `${grouped}.${part}`;
}

function formatScaled(value: number, scale: NumberScale): string {
  const smallest = scale[scale.length - 1] ?? [1, ''];
  if (value === 0) return `0 ${smallest[1]}`;
  const size = Math.abs(value);
  const [factor, unit] = scale.find(([one]) => size >= 0.9995 * one) ?? smallest;
  return `${significantDigits(value / factor)} ${unit}`;
}

function significantDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 99.95) return value.toFixed(0);
  return size >= 9.995 ? value.toFixed(1) : value.toFixed(2);
}

function digitsBelowOne(value: number): string {
  return value.toFixed(Math.min(12, 1 - Math.floor(Math.log10(Math.abs(value)))));
}
