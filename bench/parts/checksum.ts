// What the kernels that only read leave behind: one sum of words per invocation. Written a second time here, in other
// arithmetic than the kernels use.

/** The sum of words that a kernel reads, in the width it reads them. */
export class Checksum {
  readonly #is64Bit: boolean;
  /** Exact: fewer than 2^21 words of 32 bits are below 2^53. */
  #low = 0;
  #high = 0;

  /** @param width Words of a load; 8 are added as four 64-bit integers. */
  constructor(width: number) {
    this.#is64Bit = width === 8;
  }

  /** Adds the words of one load, as often as it was made. */
  add(words: Uint32Array, first: number, width: number, times = 1): void {
    for (let i = first; i < first + width; i += 2) {
      this.#low += times * (words[i] as number);
      if (width > 1) this.#high += times * (words[i + 1] as number);
    }
  }

  /** As `checksumOf` of the kernels has it: the carry out of the low half of a 64-bit sum counts in the high one. */
  value(): number {
    const carry = this.#is64Bit ? Math.floor(this.#low / 2 ** 32) : 0;
    return (this.#low + this.#high + carry) % 2 ** 32;
  }
}
