// A random order in which nothing comes twice, made in one walk over memory: a shuffle of tens of millions of numbers
// would miss the caches of this machine at every step.
import type { Elements, Random } from 'guestmark';

const ROUNDS = 3;

/**
 * Fills an array with a permutation of its indices. Every round is a bijection of the numbers below a power of two: the
 * product with an odd number, and the exclusive or with their own upper half (as hash functions end).
 *
 * @param into Its length is a power of two.
 */
export function fillPermutation(into: Elements, _: unknown, random: Random): void {
  const mask = into.length - 1;
  const shift = Math.ceil(Math.log2(into.length) / 2);
  const rounds = Array.from({ length: ROUNDS }, () => [draw(random) | 1, draw(random)] as const);
  for (let i = 0; i < into.length; i++) {
    let index = i;
    for (const [factor, offset] of rounds) {
      index = (Math.imul(index, factor) + offset) & mask;
      index ^= index >>> shift;
    }
    into[i] = index;
  }
}

function draw(random: Random): number {
  return Math.floor(random() * 2 ** 32);
}
