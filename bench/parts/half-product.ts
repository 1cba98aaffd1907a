// A square matrix product with 16-bit inputs: how its matrices are filled, and how it is checked, whichever kernel
// computes it.
import type { BufferPlan, Elements, Verification, VerifyContext } from 'guestmark';
import { compareProduct } from './matrix-product.ts';
import { decodeMatrix, encodeMatrix, type MatrixExtension, matrixElements } from './matrix-units.ts';
import { fillIntegers } from './small-integers.ts';
import { productElements, productFlops } from './square-product.ts';

type Size = { readonly size: number };

/** Types of a product: A and B hold the inputs, C the sums. */
export interface HalfProduct {
  readonly inputs: 'f16' | 'bf16';
  readonly sums: 'f16' | 'f32';
}

/** And how matrix units are asked for it. */
export interface UnitProduct extends HalfProduct {
  readonly extension: MatrixExtension;
}

/**
 * Largest magnitude of inputs. Sums of fp32 are then exact to sizes of 2^20. Sums of fp16 are to 2048: those of 8192
 * products of −1, 0 and 1 have a standard deviation of 60, so that 2048 is 34 of them away.
 */
const LARGEST = { f16: 1, f32: 3 } as const;

/** A and B, which hold random small integers. */
export function halfOperand({ inputs, sums }: HalfProduct): BufferPlan<'size'> {
  return {
    type: matrixElements(inputs),
    elements: productElements,
    fill: fillIntegers(-LARGEST[sums], LARGEST[sums], encodeMatrix(inputs)),
  };
}

/** The whole product, exactly. */
export function compareHalfProduct(
  { size }: Size,
  { inputs, sums }: HalfProduct,
  { a, b, c }: Readonly<Record<'a' | 'b' | 'c', Elements>>,
): Verification {
  return compareProduct({
    ...{ m: size, n: size, k: size },
    a: decodeMatrix(inputs, a),
    b: decodeMatrix(inputs, b),
    c: decodeMatrix(sums, c),
  });
}

/** All that a benchmark of HGEMM on matrix units has beside its kernel. */
export function unitProduct(types: HalfProduct) {
  return {
    kind: 'throughput',
    category: 'matrix',
    buffers: {
      a: halfOperand(types),
      b: halfOperand(types),
      c: { type: matrixElements(types.sums), elements: productElements, fill: 'poison' },
    },
    flops: productFlops,
    flopType: 'matrix16',
    verify: (size: Size, { inputs, outputs }: VerifyContext): Verification =>
      compareHalfProduct(size, types, { ...inputs, c: outputs.c } as Record<'a' | 'b' | 'c', Elements>),
  } as const;
}
