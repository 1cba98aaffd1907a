// Figures as the tables show them: rates with their prefix, rates of items in the unit of their field, times of items in ns.
import {
  formatBytes,
  formatCount,
  formatNs,
  formatNsRange,
  formatPpm,
  formatRate,
  formatRateRange,
} from '../base/units.ts';
import { formatPercent, formatPercentRange } from './percent.ts';
import { singular } from './shown-units.ts';

/** A value and what it is of. */
export interface Figure {
  readonly unit: 'ns' | 'B' | 'B/s' | 'FLOP/s' | '1/s' | 'ratio' | 'FLOP/B' | 'ppm' | 'count';
  readonly value: number;
}

/**
 * `12.3 GB/s`, `45.6 Mkeys/s`, `3.20 ns/hop`, `1.25 FLOP/B`, `87 %`, `4.00 KiB`, `12.3 ppm`, `7`.
 *
 * @param itemName What the items are, in the plural; `items` where nobody says.
 */
export function figureText({ unit, value }: Figure, itemName: string): string {
  if (unit === 'ns')
    return itemName === 'items' ? formatNs(value) : `${formatNs(value)}/${singular(itemName)}`;
  if (unit === '1/s') return formatRate(value, itemName === 'items' ? '/s' : `${itemName}/s`);
  if (unit === 'ratio') return formatPercent(value);
  if (unit === 'B') return formatBytes(value);
  if (unit === 'ppm') return formatPpm(value);
  if (unit === 'count') return formatCount(value);
  return unit === 'FLOP/B' ? `${value.toPrecision(3)} FLOP/B` : formatRate(value, unit);
}

/** From the low end to the high end: `4.9–5.1 µs`, `-3.20 ppm to 1.50 ppm`; one value where both are the same. */
export function rangeText(unit: Figure['unit'], low: number, high: number): string {
  const text = (value: number): string => figureText({ unit, value }, 'items');
  if (low === high) return text(low);
  // A dash before a negative number would be read as its sign.
  if (low < 0) return `${text(low)} to ${text(high)}`;
  if (unit === 'ns') return formatNsRange(low, high);
  if (unit === 'ratio') return formatPercentRange(low, high);
  if (unit === 'B/s' || unit === 'FLOP/s') return formatRateRange(low, high, unit);
  if (unit === '1/s') return formatRateRange(low, high, '/s');
  return `${text(low).replace(/ \S+$/, (found) => (text(high).endsWith(found) ? '' : found))}–${text(high)}`;
}
