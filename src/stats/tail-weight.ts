// How heavy the tails of values are, as degrees of freedom of Student's t distribution, from quantiles that a few values far out do
// not move. Pure numbers.
import { quantileOfSorted, sortedCopy } from './quantile.ts';
import { studentUpperTail } from './student-t.ts';

/** Below, not even the variance is finite. */
const LEAST_DEGREES = 2;
/** Nobody can tell more of them from a normal distribution. */
export const MOST_DEGREES = 100;

/**
 * The ratio of two quantiles of distances: how far most of them reach, in units of the middle one.
 *
 * @param distances From the middle of a distribution, of one side.
 * @param share Of the distances that lie below the farther quantile.
 */
export function tailRatio(distances: ArrayLike<number>, share: number): number {
  const sorted = sortedCopy(distances);
  return quantileOfSorted(sorted, share) / quantileOfSorted(sorted, 0.5);
}

/** Of Student's t distribution: the same ratio. */
function studentRatio(degrees: number, share: number): number {
  return studentDistance(degrees, share) / studentDistance(degrees, 0.5);
}

/** What a share of the distances from the middle lies below; by bisection, because it is asked for a few times only. */
function studentDistance(degrees: number, share: number): number {
  let [low, high] = [0, 1e3];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (2 * studentUpperTail(middle, degrees) > 1 - share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The degrees of freedom with which Student's t distribution has this ratio, from 2 to 100. */
export function degreesOfRatio(ratio: number, share: number): number {
  if (!(ratio > studentRatio(MOST_DEGREES, share))) return MOST_DEGREES;
  if (ratio >= studentRatio(LEAST_DEGREES, share)) return LEAST_DEGREES;
  // The ratio is nearly linear in 1/ν.
  let [least, most] = [1 / MOST_DEGREES, 1 / LEAST_DEGREES];
  for (let step = 0; step < 30; step++) {
    const middle = (least + most) / 2;
    if (studentRatio(1 / middle, share) < ratio) least = middle;
    else most = middle;
  }
  return 2 / (least + most);
}
