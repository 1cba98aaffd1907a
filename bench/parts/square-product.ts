// What the benchmarks of a square matrix product C = A B have in common: its operands, its operations and its check.
import { float16Bits, float16Value, type Random, type Verification, type VerifyContext } from 'guestmark';
import { compareProduct, decoded, fillSmallIntegers } from './matrix-product.ts';

type Size = { readonly size: number };
type Fill = (into: { [index: number]: number; readonly length: number }, axes: Size, random: Random) => void;

/** Floating-point operations of a product, one addition and one multiplication a term. */
export function productFlops({ size }: Size): number {
  return 2 * size ** 3;
}

/** The compulsory traffic of a product in single precision: A, B and C once. */
export function productBytes({ size }: Size): number {
  return 12 * size ** 2;
}

/** Operands of fp32 that hold integers of −3…3, and a poisoned C. */
export const PRODUCT_F32 = {
  a: operand('f32', (into, _, random) => fillSmallIntegers(into, random)),
  b: operand('f32', (into, _, random) => fillSmallIntegers(into, random)),
  c: { type: 'f32', elements: elementsOf, fill: 'poison' },
} as const;

/** Operands of fp16 that hold integers of −1…1, so that sums in fp16 stay exact. */
export const OPERANDS_F16 = {
  a: operand('u16', (into, _, random) => fillSmallIntegers(into, random, 1, float16Bits)),
  b: operand('u16', (into, _, random) => fillSmallIntegers(into, random, 1, float16Bits)),
} as const;

/** Every element of C against the exact product; elements of 16 bits are fp16. */
export function verifyProduct({ size }: Size, { inputs, outputs }: VerifyContext): Verification {
  const [a, b, c] = [inputs.a, inputs.b, outputs.c].map((elements) =>
    elements instanceof Uint16Array ? decoded(elements, float16Value) : (elements as Float32Array),
  ) as [Float32Array, Float32Array, Float32Array];
  return compareProduct({ m: size, n: size, k: size, a, b, c });
}

/** How `verifyProduct` checks, for explanations. */
export const VERIFICATION_F32 =
  'A and B hold integers of -3 to 3: every partial sum is an integer below 2^24, so the result is exact in any order. Freivalds’ identity C r = A (B r) with hashed weights looks at every element, and four rows are compared one by one with sums in double precision. C is poisoned first.';

function operand<T extends 'f32' | 'u16'>(
  type: T,
  fill: Fill,
): { type: T; elements: typeof elementsOf; fill: Fill } {
  return { type, elements: elementsOf, fill };
}

function elementsOf({ size }: Size): number {
  return size * size;
}
