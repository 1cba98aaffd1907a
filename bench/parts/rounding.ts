// How far a float32 result of a kernel may be from the same computed in double precision: the standard model of
// rounding errors with the precision that Vulkan asks for, so that every bound in bench/ rests on one definition.
import type { Verification } from 'guestmark';
import { ULP } from './float-precision.ts';

/**
 * Unit roundoff of float32 additions, multiplications and their fusions: Vulkan wants them correctly rounded and leaves
 * the direction open ("Precision and Operation of SPIR-V Instructions"), so it is a whole ulp, not half of one.
 */
export const UNIT_ROUNDOFF = ULP.f32;

/**
 * Bound of the relative error of so many roundings in a row, γₖ = k u / (1 − k u) (N. J. Higham, Accuracy and Stability
 * of Numerical Algorithms, 2nd ed., lemma 3.1).
 */
export function gamma(roundings: number): number {
  return (roundings * UNIT_ROUNDOFF) / (1 - roundings * UNIT_ROUNDOFF);
}

/** Compares every element with `expected(index)`, each with its own absolute bound. NaN is within no bound. */
export function compareWithin(
  what: string,
  actual: ArrayLike<number>,
  expected: (index: number) => number,
  bound: (index: number) => number,
): Verification {
  let mismatches = 0;
  let first = { what, index: 0, actual: Number.NaN, expected: Number.NaN };
  for (let index = 0; index < actual.length; index++) {
    const [got, want] = [actual[index] as number, expected(index)];
    if (Math.abs(got - want) <= bound(index)) continue;
    if (mismatches === 0) first = { what, index, actual: got, expected: want };
    mismatches++;
  }
  const checked = actual.length;
  // Nothing compared is no verification.
  if (mismatches === 0 && checked > 0) return { ok: true, checked };
  return { ok: false, checked, mismatches: Math.max(1, mismatches), first };
}
