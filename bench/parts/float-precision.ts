// How far an operation in single precision may be from the exact result: the tables "Precision of core SPIR-V Instructions"
// and "Precision of GLSL.std.450 Instructions" of the Vulkan specification. It asks of double precision no more than of
// single; the bounds here ask for as many ulps of its own, which devices that offer it keep.

/** Distance of a number to the next one, as a share of it: the largest there is. */
export const ULP: Readonly<Record<'f32' | 'f64', number>> = { f32: 2 ** -23, f64: 2 ** -52 };

/** OpFDiv, for divisors that are neither tiny nor huge. */
export const DIVISION_ULPS = 2.5;
/** The same as a share of the result. */
export const DIVISION_ERROR = DIVISION_ULPS * ULP.f32;
export const INVERSE_SQRT_ULPS = 2;
/** Inherited from 1.0 / inversesqrt(x). */
export const SQRT_ULPS = INVERSE_SQRT_ULPS + DIVISION_ULPS;
/** sin(x) for x in [-π, π], absolute. */
export const SIN_ERROR = 2 ** -11;
/** log(x) and log2(x) for x in [0.5, 2], absolute. */
export const LOG_ERROR_NEAR_1 = 2 ** -21;
/** And for other x. */
export const LOG_ULPS = 3;

/** exp(x) and exp2(x), in ulps of the result. */
export function expUlps(x: number): number {
  return 3 + 2 * Math.abs(x);
}

/** Absolute error of log2(x) in single precision. */
export function log2Error(x: number): number {
  return x >= 0.5 && x <= 2 ? LOG_ERROR_NEAR_1 : LOG_ULPS * ULP.f32 * Math.abs(Math.log2(x));
}

/** Relative error of pow(x, y) in single precision, which is inherited from exp2(y × log2(x)). */
export function powRelativeError(x: number, y: number): number {
  const exponent = y * Math.log2(x);
  const exponentError = Math.abs(y) * log2Error(x) + ULP.f32 * Math.abs(exponent);
  return Math.LN2 * exponentError + expUlps(exponent) * ULP.f32;
}
