// Inputs of which sums and products are exact in single precision, in any order and fused or not: a reference then
// needs no error bound, and nothing that was left out can hide in one.
import type { Elements, Random } from 'guestmark';

/** Integers from -most to most, each as likely. */
export function fillIntegers(most: number) {
  return (into: Elements, _: unknown, random: Random): void => {
    for (let i = 0; i < into.length; i++) into[i] = Math.floor(random() * (2 * most + 1)) - most;
  };
}
