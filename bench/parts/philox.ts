// Philox4x32-10 in JavaScript, the reference of every kernel that draws its random numbers itself: J. K. Salmon et al.,
// Parallel random numbers: as easy as 1, 2, 3, SC'11.

/** Counter (4 words) and key (2 words). */
export type PhiloxInput = readonly [number, number, number, number, number, number];

/** Known answers of its authors' library Random123 (kat_vectors, philox4x32 10): counter and key, and what they give. */
export const KNOWN_ANSWERS: readonly (readonly [PhiloxInput, readonly number[]])[] = [
  [
    [0, 0, 0, 0, 0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
];

const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;

/** The high 32 bits of a product of two words, from products of a word and half a word, which binary64 holds exactly. */
function highProduct(a: number, b: number): number {
  const low = a * (b & 0xffff);
  return ((a * (b >>> 16) + Math.floor(low / 65536)) / 65536) >>> 0;
}

/** Writes the four words of a counter and a key to `into`, from `offset` on. */
export function philox4x32([c0, c1, c2, c3, k0, k1]: PhiloxInput, into: Uint32Array, offset = 0): void {
  let [x, y, z, w] = [c0, c1, c2, c3];
  for (let round = 0; round < 10; round++) {
    const high0 = highProduct(M0, x >>> 0);
    const high1 = highProduct(M1, z >>> 0);
    const [low0, low1] = [Math.imul(M0, x), Math.imul(M1, z)];
    x = high1 ^ y ^ (k0 + Math.imul(round, 0x9e3779b9));
    z = high0 ^ w ^ (k1 + Math.imul(round, 0xbb67ae85));
    y = low1;
    w = low0;
  }
  into[offset] = x;
  into[offset + 1] = y;
  into[offset + 2] = z;
  into[offset + 3] = w;
}
