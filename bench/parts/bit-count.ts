// Bits of a word, for the references of kernels that count or set them.

/** How many of the 32 bits of an integer are set. */
export function bitCount(word: number): number {
  let bits = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}
