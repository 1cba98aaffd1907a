// Fewer samples for drawing: evenly chosen by their place, never by their value, so that a thinned distribution is that of the
// whole. Statistics are made of all samples elsewhere.

/** At most so many samples of a run are on the page. */
export const MOST_SAMPLES = 300;

/** Indices of at most `most` of `count` samples, evenly spread, the first and the last among them. */
export function thinnedIndices(count: number, most: number): readonly number[] {
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  return Array.from({ length: most }, (_, index) => Math.round((index * (count - 1)) / (most - 1)));
}

/** Six significant digits: more than any clock has, and half the bytes. */
export function rounded(value: number, digits = 6): number {
  return Number(value.toPrecision(digits));
}
