// What the benchmarks of a square matrix product C = A B in single precision have in common: their operands, their
// operations, their check, and how long they take without a GPU.
import type { DeviceInfo, Verification, VerifyContext } from 'guestmark';
import { compareProduct } from './matrix-product.ts';
import { fillIntegers } from './small-integers.ts';
import { slowInSoftware } from './software.ts';

type Size = { readonly size: number };

/** Operations a second of one core of a CPU, roughly, by kernels that are written for GPUs. */
const SOFTWARE_FLOPS_PER_SECOND = 3.2e9;
/** Largest magnitude of the elements of A and B. */
const LARGEST = 3;

/** Floating-point operations of a product, one addition and one multiplication a term. */
export function productFlops({ size }: Size): number {
  return 2 * size ** 3;
}

/** Elements of each matrix. */
export function productElements({ size }: Size): number {
  return size ** 2;
}

/** Why a software device does not compute a product, or null; see `slowInSoftware`. */
export function slowProduct(
  axes: Size,
  device: DeviceInfo,
  perSecond: number = SOFTWARE_FLOPS_PER_SECOND,
): string | null {
  return slowInSoftware(device, productFlops(axes), perSecond);
}

function verify({ size }: Size, { inputs, outputs }: VerifyContext): Verification {
  const { a, b } = inputs as Record<'a' | 'b', Float32Array>;
  return compareProduct({ m: size, n: size, k: size, a, b, c: outputs.c as Float32Array });
}

const operand = { type: 'f32', elements: productElements, fill: fillIntegers(-LARGEST, LARGEST) } as const;

/** All that a benchmark of SGEMM has beside its kernel. */
export const SGEMM = {
  kind: 'throughput',
  category: 'matrix',
  buffers: { a: operand, b: operand, c: { ...operand, fill: 'poison' } },
  // The compulsory traffic: A, B and C once.
  bytes: ({ size }: Size): number => 12 * size ** 2,
  flops: productFlops,
  verify,
} as const;

/** How it is checked, for explanations. */
export const VERIFICATION_F32 =
  'A and B hold integers of -3 to 3: every partial sum is an integer below 2^24, so the result is exact in any order. Freivalds’ identity C r = A (B r) with hashed weights looks at every element, and four rows are compared one by one with sums in double precision. C is poisoned first.';
