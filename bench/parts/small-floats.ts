// Floating-point formats that JavaScript has no arrays for, as bits: what matrix units multiply. Only for numbers that a
// format holds exactly, which is all that these benchmarks give them.

/** How many bits a format has beside the sign; its exponent is biased by half of its range. */
export interface FloatFormat {
  readonly exponentBits: number;
  readonly fractionBits: number;
}

export const FLOAT16: FloatFormat = { exponentBits: 5, fractionBits: 10 };
/** The upper half of a 32-bit float. */
export const BFLOAT16: FloatFormat = { exponentBits: 8, fractionBits: 7 };
/** The two formats of OCP 8-bit Floating Point Specification, revision 1.0. */
export const E4M3: FloatFormat = { exponentBits: 4, fractionBits: 3 };
export const E5M2: FloatFormat = { exponentBits: 5, fractionBits: 2 };

/** The bits of a normal number or zero that the format holds exactly. */
export function floatBits(value: number, { exponentBits, fractionBits }: FloatFormat): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const fraction = (Math.abs(value) / 2 ** exponent - 1) * 2 ** fractionBits;
  const biased = exponent + bias(exponentBits);
  const sign = value < 0 ? 2 ** (exponentBits + fractionBits) : 0;
  return sign + biased * 2 ** fractionBits + fraction;
}

/** The number that bits mean; the patterns of infinity and NaN are taken for numbers, which makes them wrong. */
export function floatValue(bits: number, { exponentBits, fractionBits }: FloatFormat): number {
  const fraction = (bits % 2 ** fractionBits) / 2 ** fractionBits;
  const biased = Math.floor(bits / 2 ** fractionBits) % 2 ** exponentBits;
  const magnitude =
    biased === 0
      ? fraction * 2 ** (1 - bias(exponentBits))
      : (1 + fraction) * 2 ** (biased - bias(exponentBits));
  return bits >= 2 ** (exponentBits + fractionBits) ? -magnitude : magnitude;
}

function bias(exponentBits: number): number {
  return 2 ** (exponentBits - 1) - 1;
}
