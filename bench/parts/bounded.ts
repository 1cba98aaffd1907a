// Comparing floating-point outputs within an error bound of their own each, where one tolerance for all would be too
// wide for most of them.
import { compareElements, type Verification } from 'guestmark';
import { ULP } from './float-precision.ts';

/** Relative error of one correctly rounded operation in binary32, half a ULP at most. */
export const ROUNDING = ULP.f32 / 2;

/** Compares every element with `expected(index)`, which it may miss by `bound(index)`. NaN equals nothing. */
export function compareWithin(
  what: string,
  actual: ArrayLike<number>,
  expected: (index: number) => number,
  bound: (index: number) => number,
): Verification {
  return compareElements(what, actual, (index) => {
    const got = actual[index] as number;
    const want = expected(index);
    return Math.abs(got - want) <= bound(index) ? got : want;
  });
}
