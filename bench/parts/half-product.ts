// A square matrix product with 16-bit inputs: how its matrices are filled, and how it is checked, whichever
// kernel computes it.
import type { Elements, Random, Verification } from 'guestmark';
import { compareProduct, fillSmallIntegers } from './matrix-product.ts';
import { decodeMatrix, encodeMatrix, type MatrixExtension } from './matrix-units.ts';

/** Types of a product: A and B hold the inputs, C the sums. */
export interface HalfProduct {
  readonly inputs: 'f16' | 'bf16';
  readonly sums: 'f16' | 'f32';
  readonly extension: MatrixExtension;
}

/**
 * Largest magnitude of inputs. Sums of fp32 are then exact to sizes of 2^20. Sums of fp16 are to 2048: those of 8192
 * products of −1, 0 and 1 have a standard deviation of 60, so that 2048 is 34 of them away.
 */
const LARGEST = { f16: 1, f32: 3 } as const;

/** Random small integers. */
export function fillHgemm(into: Elements, random: Random, { inputs, sums }: HalfProduct): void {
  fillSmallIntegers(into, random, LARGEST[sums], encodeMatrix(inputs));
}

/** The whole product, exactly. */
export function compareHgemm(
  size: number,
  { inputs, sums }: HalfProduct,
  a: Elements | undefined,
  b: Elements | undefined,
  c: Elements | undefined,
): Verification {
  const numbers = (type: HalfProduct['inputs' | 'sums'], elements: Elements | undefined): ArrayLike<number> =>
    decodeMatrix(type, elements ?? []);
  return compareProduct({
    ...{ m: size, n: size, k: size },
    a: numbers(inputs, a),
    b: numbers(inputs, b),
    c: numbers(sums, c),
  });
}
