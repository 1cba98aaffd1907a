// Shares of a baseline as sentences have them: `+19`, `-0.4`, `+23 %`. Words only; what is certain is judged elsewhere.
import type { PartId } from '../evidence/evidence.ts';
import { formatPercent } from '../report/percent.ts';
import type { PartDifference } from './comparison.ts';

/** A share in points of a percent, with its sign and without the unit: 0.19 → `+19`. */
export function points(share: number): string {
  return signedPercent(share).replace(' %', '');
}

/** A share with its sign: 0.23 → `+23 %`. */
export function signedPercent(share: number): string {
  const text = formatPercent(share);
  return share > 0 ? `+${text}` : text;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

/** A device time is called equal when it is known to within so much of itself. */
const EQUAL = 0.05;

/**
 * What is to be said of the device time where it is no cause: `device time equal within ±0.4 %` of itself; '' where it is a
 * cause, or is not known.
 */
export function devicePhrase(
  parts: readonly PartDifference[],
  baselineDeviceNs: number | null,
  causes: readonly { readonly id: PartId | 'unexplained' }[],
): string {
  const device = parts.find(({ id }) => id === 'device');
  if (device === undefined || baselineDeviceNs === null || !(baselineDeviceNs > 0)) return '';
  if (causes.some(({ id }) => id === 'device')) return '';
  const [low, high] = [device.lowNs / baselineDeviceNs, device.highNs / baselineDeviceNs];
  const bound = Math.max(Math.abs(low), Math.abs(high));
  if (bound <= EQUAL) return `device time equal within ±${formatPercent(bound)}`;
  return `device time not known to differ (${points(low)} to ${signedPercent(high)} of itself)`;
}
