// A tail quantile of all samples of all runs, and how well it is known when runs are the evidence. A run alone is too short
// for its 99 % quantile, so samples are pooled and runs are resampled.
import { seededRandom } from '../base/random.ts';
import { quantileOfSorted, sortedCopy } from './quantile.ts';
import { sortTogether } from './sort-together.ts';

/**
 * The quantile of the pooled samples, and of `resamples` resamples of the runs (each drawn with all of its samples: the
 * cluster bootstrap of A. C. Davison and D. V. Hinkley, "Bootstrap Methods and their Application", 1997, section 3.8).
 *
 * In a resample a run that was drawn c times counts c times; its quantile is the largest sample above which no more than
 * (1 − p) of the weight lies. So only the tail is looked at, and a draw takes as long as the tail and the runs.
 *
 * @param runs At least one, none empty.
 * @param p Above 0.5, or it takes long.
 */
export function pooledQuantileDraws(
  runs: readonly Float64Array[],
  p: number,
  { seed, resamples }: { readonly seed: number; readonly resamples: number },
): { readonly value: number; readonly draws: Float64Array } {
  const { values, owners } = descending(runs);
  const random = seededRandom(seed);
  const counts = new Uint32Array(runs.length);
  const draw = (): number => {
    counts.fill(0);
    let weight = 0;
    for (let i = 0; i < runs.length; i++) {
      const run = Math.floor(random() * runs.length);
      counts[run] = (counts[run] as number) + 1;
      weight += (runs[run] as Float64Array).length;
    }
    return tailValue(values, owners, counts, weight * (1 - p));
  };
  const draws = Float64Array.from({ length: resamples }, draw);
  return { value: quantileOfSorted(sortedCopy(values), p), draws };
}

/** The samples of all runs from the largest down, each with the run that it is of. */
function descending(runs: readonly Float64Array[]): { values: Float64Array; owners: Uint32Array } {
  const count = runs.reduce((sum, { length }) => sum + length, 0);
  const [values, owners] = [new Float64Array(count), new Float64Array(count)];
  let at = 0;
  runs.forEach((run, owner) => {
    values.set(run, at);
    owners.fill(owner, at, at + run.length);
    at += run.length;
  });
  sortTogether(values, owners);
  return { values: values.reverse(), owners: Uint32Array.from(owners.reverse()) };
}

function tailValue(values: Float64Array, owners: Uint32Array, counts: Uint32Array, tail: number): number {
  let above = 0;
  for (let i = 0; i < values.length; i++) {
    above += counts[owners[i] as number] as number;
    if (above > tail) return values[i] as number;
  }
  return values[values.length - 1] as number;
}
