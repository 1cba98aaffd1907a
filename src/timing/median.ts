// Order statistics of the calibration. src/stats has the ones for results; the timing layer stays
// free of it so that `guestmark/timing` loads nothing else.

/** The value at `fraction` (0 to 1) of the sorted values, the lower one between two. NaN when there are none. */
export function quantile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * fraction)] ?? Number.NaN;
}

/** The middle value, the lower one of two. NaN when there are none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
