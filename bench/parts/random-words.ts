// Random contents for copies of many megabytes, and two views of them that differ in every word: by turns they show
// whether the last copy took place at all.
import type { HostContext } from 'guestmark';

/** The second view begins so much later: a page, so that both are aligned alike. */
export const SHIFT_BYTES = 4096;

/**
 * Fills with xorshift32 (G. Marsaglia, Xorshift RNGs, 2003), which is fast enough for hundreds of megabytes.
 *
 * @param random Gives the seed.
 */
function fillRandomWords(into: Uint32Array, random: HostContext['random']): void {
  let state = 1 + Math.floor(random() * (2 ** 32 - 1));
  for (let i = 0; i < into.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    into[i] = state;
  }
}

/** Random bytes: all of them, and the two views of `bytes` each. */
export interface ShiftedBytes {
  readonly all: Uint8Array;
  readonly views: readonly [Uint8Array, Uint8Array];
}

/** Random bytes to copy by turns from the start and from {@link SHIFT_BYTES}; a multiple of 4. */
export function shiftedBytes(bytes: number, random: HostContext['random']): ShiftedBytes {
  const words = new Uint32Array((bytes + SHIFT_BYTES) / 4);
  fillRandomWords(words, random);
  const all = new Uint8Array(words.buffer);
  return { all, views: [all.subarray(0, bytes), all.subarray(SHIFT_BYTES)] };
}
