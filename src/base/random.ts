// Seeded pseudo-random numbers: the same seed gives the same data, order and bootstrap on every
// machine. Not for secrets.

/** Draws uniformly from [0, 1) with 32 bits of resolution. */
export type Random = () => number;

/**
 * The generator mulberry32 (T. Ettinger, 2017; public domain): 32 bits of state, passes gjrand's
 * tests, and needs only 32-bit integer arithmetic.
 *
 * @param seed Any integer; only its low 32 bits count.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A seed for a named part of a run, so that parts do not share their sequence: the name's FNV-1a hash (32
 * bits), combined with the seed after the finalizer of MurmurHash3 spread its bits (A. Appleby, public
 * domain), so that neighbouring seeds and names do not cancel.
 */
export function derivedSeed(seed: number, name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return (hash ^ spreadBits(seed)) >>> 0;
}

function spreadBits(seed: number): number {
  let bits = seed >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** A shuffled copy (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}
