// Error bounds of kernels in single precision: how much Vulkan lets an operation be wrong, so that a derivation reads
// like its text.

/** Unit roundoff of fp32: a correctly rounded operation is wrong by at most this part of its result. */
export const ROUNDOFF_F32 = 2 ** -24;

/** A unit in the last place of fp32, as a part of the value: at most twice the roundoff. */
const ULP_F32 = 2 ** -23;

/** What exp(x) may be wrong by, as a part of it: 3 + 2 |x| ulp (Vulkan, precision and operation of SPIR-V). */
export function expError(largestArgument: number): number {
  return (3 + 2 * largestArgument) * ULP_F32;
}

/** What a division may be wrong by, as a part of its result: 2.5 ulp. */
export const DIVISION_ERROR_F32 = 2.5 * ULP_F32;

/** Evenly spread indices below a count, the first and the last among them. */
export function spreadIndices(count: number, most: number): readonly number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.floor((i * (count - 1)) / (most - 1)));
}
