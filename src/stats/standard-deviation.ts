// The spread that readers of hyperfine and perf stat expect beside a mean. Everything else here prefers the median.

/**
 * The standard deviation of a sample, with n − 1 in the denominator.
 *
 * @returns NaN below two values.
 */
export function standardDeviation(samples: ArrayLike<number>): number {
  const count = samples.length;
  const values = Array.from(samples);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return count < 2 ? Number.NaN : Math.sqrt(squares / (count - 1));
}
