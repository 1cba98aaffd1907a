// Whether two quantities rise together, without a model of how. Knows nothing of what they are.

/** A correlation between -1 and 1 with its 95 % interval. */
export interface Correlation {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const Z = 1.959964;

/**
 * Spearman's rank correlation, the correlation of the ranks; equal values share the mean of their ranks. The interval is that of
 * Fisher's transformation with the variance 1.06 / (n - 3): E. C. Fieller, H. O. Hartley and E. S. Pearson, "Tests for rank
 * correlation coefficients" (Biometrika 44, 1957). It takes the pairs to be independent.
 *
 * @returns null below 10 pairs, or where one of the two is always the same.
 */
export function rankCorrelation(xs: readonly number[], ys: readonly number[]): Correlation | null {
  const n = xs.length;
  if (n < 10 || n !== ys.length) return null;
  const value = pearson(ranks(xs), ranks(ys));
  if (!Number.isFinite(value)) return null;
  const reach = Z * Math.sqrt(1.06 / (n - 3));
  // A correlation of exactly 1 has no transformation.
  const z = Math.atanh(Math.min(1 - 1e-12, Math.max(-1 + 1e-12, value)));
  return {
    value,
    low: Math.min(value, Math.tanh(z - reach)),
    high: Math.max(value, Math.tanh(z + reach)),
  };
}

function ranks(values: readonly number[]): Float64Array {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  const result = new Float64Array(values.length);
  for (let first = 0; first < order.length; ) {
    let next = first + 1;
    while (next < order.length && values[order[next] as number] === values[order[first] as number]) next++;
    for (const index of order.slice(first, next)) result[index] = (first + next - 1) / 2;
    first = next;
  }
  return result;
}

/** NaN where one of the two does not vary. */
function pearson(xs: Float64Array, ys: Float64Array): number {
  const mean = (xs.length - 1) / 2;
  let [xx, xy, yy] = [0, 0, 0];
  xs.forEach((x, i) => {
    const y = (ys[i] as number) - mean;
    xx += (x - mean) ** 2;
    xy += (x - mean) * y;
    yy += y ** 2;
  });
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN;
}
