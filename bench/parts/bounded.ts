// Comparing floating-point outputs within an error bound of their own each, where one tolerance for all would be too
// wide for most of them.
import type { Mismatch, Verification } from 'guestmark';

/** Relative error of one correctly rounded operation in binary32, half a ULP at most. */
export const ROUNDING = 2 ** -24;

/** Compares every element with `expected(index)`, which it may miss by `bound(index)`. NaN equals nothing. */
export function compareWithin(
  what: string,
  actual: ArrayLike<number>,
  expected: (index: number) => number,
  bound: (index: number) => number,
): Verification {
  let mismatches = 0;
  let first: Mismatch | undefined;
  for (let index = 0; index < actual.length; index++) {
    const got = actual[index] as number;
    const want = expected(index);
    if (Math.abs(got - want) <= bound(index)) continue;
    mismatches++;
    first ??= { what, index, actual: got, expected: want };
  }
  if (first !== undefined) return { ok: false, checked: actual.length, mismatches, first };
  return { ok: true, checked: actual.length };
}
