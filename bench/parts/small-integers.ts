// Inputs of which sums and products are exact, in any order and fused or not: a reference then needs no error bound, and
// nothing that was left out can hide in one.
import type { Elements, Random } from 'guestmark';

/** Large arrays repeat their first values; the period is a prime, so no power-of-two stride meets it. */
const PERIOD = 1_048_573;

/**
 * Integers from least to most, each as likely.
 *
 * @param encode The bits of an integer where the elements are not numbers: `float16Bits`.
 */
export function fillIntegers(
  least: number,
  most: number,
  encode: (value: number) => number = (value) => value,
): (into: Elements, _: unknown, random: Random) => void {
  return (into, _, random) => {
    const values = most - least + 1;
    const drawn = Math.min(PERIOD, into.length);
    for (let i = 0; i < drawn; i++) into[i] = encode(least + Math.floor(random() * values));
    for (let filled = drawn; filled < into.length; filled += drawn) into.copyWithin(filled, 0, drawn);
  };
}
