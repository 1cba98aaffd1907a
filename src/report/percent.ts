// Ratios as people read them. Not in base/units.ts, because only reports speak of percentages; never
// shortens a small share to 0.

/** Writes a ratio as a percentage with two significant digits: 0.0123 → `1.2 %`, 0.5 → `50 %`, 0 → `0 %`. */
export function formatPercent(ratio: number): string {
  return `${percentDigits(ratio)} %`;
}

/** Writes a range of ratios: `0–1.2%`; one figure where both read the same. No space, because tables are narrow. */
export function formatPercentRange(low: number, high: number): string {
  const [from, to] = [percentDigits(low), percentDigits(high)];
  return from === to ? `${to}%` : `${from}–${to}%`;
}

/** Writes a relative half-width: `±0.4%`. */
export function formatPlusMinus(ratio: number): string {
  return `±${percentDigits(ratio)}%`;
}

function percentDigits(ratio: number): string {
  const percent = ratio * 100;
  const size = Math.abs(percent);
  if (percent === 0) return '0';
  if (size >= 9.95) return percent.toFixed(0);
  if (size >= 0.095) return percent.toFixed(1);
  if (size >= 0.0095) return percent.toFixed(2);
  return percent > 0 ? '<0.01' : '>-0.01';
}
