// When a measured ratio counts as 2: the one rule for the process that measures and for the report that judges.

/** Launching costs make the ratio of twice the work smaller; noise and lower clocks move it either way. */
export const DOUBLING_BOUNDS: { readonly low: number; readonly high: number } = { low: 1.5, high: 2.6 };

/** Whether a ratio counts as double. NaN does not. */
export function isDouble(ratio: number): boolean {
  return ratio >= DOUBLING_BOUNDS.low && ratio <= DOUBLING_BOUNDS.high;
}
