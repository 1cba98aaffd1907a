// Inputs of which sums and products are exact in single precision, in any order and fused or not: a reference then
// needs no error bound, and nothing that was left out can hide in one.
import type { Elements, Random } from 'guestmark';

/** Large arrays repeat their first values; the period is a prime, so no power-of-two stride meets it. */
const PERIOD = 1_048_573;

/** Integers from -most to most, each as likely. */
export function fillIntegers(most: number) {
  return (into: Elements, _: unknown, random: Random): void => {
    const drawn = Math.min(PERIOD, into.length);
    for (let i = 0; i < drawn; i++) into[i] = Math.floor(random() * (2 * most + 1)) - most;
    for (let filled = drawn; filled < into.length; filled += drawn) into.copyWithin(filled, 0, drawn);
  };
}
