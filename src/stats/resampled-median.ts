// The median of a bootstrap resample, drawn directly: the same distribution as drawing n samples with
// replacement and taking their median, in constant time. It makes 10,000 resamples of every clock of
// every case affordable.
import type { Random } from '../base/random.ts';
import type { Sorted } from './quantile.ts';
import { randomGamma } from './random-gamma.ts';

/**
 * Draws the median of one resample of `sorted`.
 *
 * A resample draws n ranks uniformly, so its k-th smallest value is the one at rank ⌊n·U⌋, where U is the k-th
 * smallest of n uniform numbers: Beta(k, n + 1 − k). For an even n the next order statistic is needed too: the
 * n − k numbers above U are uniform on (U, 1), and the smallest of them is drawn from that.
 *
 * @param sorted At least one value.
 */
export function drawResampledMedian(sorted: Sorted, random: Random): number {
  const n = sorted.length;
  if (n === 1) return sorted[0] as number;
  const k = Math.ceil(n / 2);
  const u = randomBeta(k, n + 1 - k, random);
  if (n % 2 === 1) return atUniform(sorted, u);
  const next = 1 - (1 - u) * (1 - random()) ** (1 / (n - k));
  return (atUniform(sorted, u) + atUniform(sorted, next)) / 2;
}

function atUniform(sorted: Sorted, u: number): number {
  // Rounding may give u = 1.
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * u))] as number;
}

/** Both shapes at least 1. */
function randomBeta(a: number, b: number, random: Random): number {
  const x = randomGamma(a, random);
  return x / (x + randomGamma(b, random));
}
