// Resamples of the median of run medians in constant time each, however many runs there are: what makes comparing hundreds
// of reports affordable. bootstrap.ts draws the same distribution run by run; here a run is drawn from a pool.
import { derivedSeed, type Random, seededRandom } from '../base/random.ts';
import type { Sorted } from './quantile.ts';
import { randomGamma } from './random-gamma.ts';
import { drawResampledMedian } from './resampled-median.ts';
import { sortedOnce } from './sorted-once.ts';

/**
 * Draws `resamples` medians of run medians by a hierarchical bootstrap (runs first, samples inside each second).
 *
 * Each of the R draws of one resample is a run chosen at random and the median of a resample of it: independent draws from
 * one distribution G. The median of R such draws is the one at rank U of G, where U is the middle order statistic of R
 * uniform numbers: Beta(k, R + 1 − k), as in resampled-median.ts. G is taken from a pool of at least as many
 * draws as there are resamples, so that its quantiles are as stable as theirs; every run gives the same number.
 *
 * @param runs Samples of every run, which nobody alters; those without samples do not count. At least one must have some.
 */
export function medianDraws(
  runs: readonly ArrayLike<number>[],
  { seed, resamples }: { readonly seed: number; readonly resamples: number },
): Float64Array {
  const random = seededRandom(seed);
  const sorted = runs.filter(({ length }) => length > 0).map(sortedOnce);
  const pool = poolOf(sorted, resamples, random);
  return middlesOf(pool, ranksOf(sorted.length, resamples, derivedSeed(seed, 'ranks')));
}

function poolOf(runs: readonly Sorted[], size: number, random: Random): Sorted {
  const each = Math.ceil(size / runs.length);
  const pool = new Float64Array(each * runs.length);
  runs.forEach((run, index) => {
    for (let i = 0; i < each; i++) pool[index * each + i] = drawResampledMedian(run, random);
  });
  return pool.sort();
}

/** The medians of `count` independent draws from the pool. */
function middlesOf(pool: Sorted, ranks: Ranks): Float64Array {
  const at = (u: number): number => pool[Math.min(pool.length - 1, Math.floor(pool.length * u))] as number;
  const { lower, upper } = ranks;
  return upper === null ? lower.map(at) : lower.map((u, i) => (at(u) + at(upper[i] as number)) / 2);
}

/** Ranks, from 0 to 1, of the middle of `count` uniform numbers, or of the two in the middle. */
interface Ranks {
  readonly lower: Float64Array;
  readonly upper: Float64Array | null;
}

/** The ranks depend on three numbers, which the cases of a comparison share. */
const KNOWN = new Map<string, Ranks>();
const MOST_KNOWN = 16;

function ranksOf(count: number, resamples: number, seed: number): Ranks {
  const key = `${count}/${resamples}/${seed}`;
  const known = KNOWN.get(key);
  if (known !== undefined) return known;
  const ranks = drawRanks(count, resamples, seededRandom(seed));
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(key, ranks);
  return ranks;
}

function drawRanks(count: number, resamples: number, random: Random): Ranks {
  const k = Math.ceil(count / 2);
  const lower = Float64Array.from({ length: resamples }, () => {
    const x = randomGamma(k, random);
    return x / (x + randomGamma(count + 1 - k, random));
  });
  const upper = count % 2 === 1 ? null : lower.map((u) => 1 - (1 - u) * (1 - random()) ** (1 / (count - k)));
  return { lower, upper };
}
