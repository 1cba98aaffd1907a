// Numbers as IEEE 754 binary16 and back, which the DataView of Node 20 cannot write. Pure; knows nothing of
// what the numbers are for.

const view = new DataView(new ArrayBuffer(8));

/** The largest finite value of binary16. */
export const FLOAT16_MAX = 65504;

/** The 16 bits of the nearest binary16, ties to even; what is too large becomes infinite. */
export function float16Bits(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  // Half of the last place above the largest finite value rounds up.
  if (magnitude >= 65520) return sign | 0x7c00;
  const exponent = Math.max(exponentOf(magnitude), -14);
  // Exact: a multiplication by a power of two, far from the ends of binary64.
  const steps = roundToEven(magnitude * 2 ** (10 - exponent));
  // The steps of a normal number hold the implicit bit, which adds 1 to the exponent field; so does a carry.
  return sign | (steps + ((exponent + 14) << 10));
}

/** The number that 16 bits of binary16 mean. */
export function float16Value(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const field = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (field === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (field === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (field - 25));
}

/** Exponent of a finite positive number in binary64; -1023 for 0 and what is too small to be normal. */
function exponentOf(magnitude: number): number {
  view.setFloat64(0, magnitude);
  return ((view.getUint16(0) >>> 4) & 0x7ff) - 1023;
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
