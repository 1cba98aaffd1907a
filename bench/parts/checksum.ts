// What the kernels that only read leave behind: one sum of words per invocation. Written a second time here, in other
// arithmetic than the kernels use.

/** The sums of the words that every invocation reads, in the width in which it reads them. */
export class Checksums {
  readonly #width: number;
  /** Of the words at even and at odd places. Exact: fewer than 2^21 words of 32 bits are below 2^53. */
  readonly #low: Float64Array;
  readonly #high: Float64Array;

  /** @param width Words of a load; 8 are added as four 64-bit integers. */
  constructor(invocations: number, width: number) {
    this.#width = width;
    this.#low = new Float64Array(invocations);
    this.#high = new Float64Array(invocations);
  }

  /** Adds the words of one load. */
  add(invocation: number, words: Uint32Array, first: number): void {
    let low = words[first] as number;
    let high = 0;
    for (let i = first + 1; i < first + this.#width; i += 2) high += words[i] as number;
    for (let i = first + 2; i < first + this.#width; i += 2) low += words[i] as number;
    this.#low[invocation] = (this.#low[invocation] as number) + low;
    this.#high[invocation] = (this.#high[invocation] as number) + high;
  }

  /** As `checksumOf` of the kernels has it: the carry out of the low half of a 64-bit sum counts in the high one. */
  value(invocation: number): number {
    const [low, high] = [this.#low[invocation] as number, this.#high[invocation] as number];
    const carry = this.#width === 8 ? Math.floor(low / 2 ** 32) : 0;
    return (low + high + carry) % 2 ** 32;
  }
}
