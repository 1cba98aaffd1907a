// What a softmax in single precision may be wrong by: the exponentials, and a sum of them that is corrected whenever the
// running maximum grows.
import { expUlps, ULP } from './float-precision.ts';
import { UNIT_ROUNDOFF } from './rounding.ts';

/** What exp(x) may be wrong by, as a part of it up to such an |x|. */
export function expError(largestArgument: number): number {
  return expUlps(largestArgument) * ULP.f32;
}

/**
 * What the corrections of a running sum do to it: each multiplies it by an exponential and rounds. Their arguments add
 * up to the range of the values at most, so that of 3 + 2 |x| ulp each only the 3 grow with their number.
 */
export function correctionsError(corrections: number, range: number): number {
  return corrections * (expError(0) + UNIT_ROUNDOFF) + expError(range);
}
