// Which part of an output is compared where the CPU would take too long for all of it: spread evenly, with both ends,
// and the same in every process.

/**
 * Indices below a count, `most` of them or fewer: all where they are few, else evenly spread with the first and the
 * last. At least two where there are two.
 */
export function sampledIndices(count: number, most: number): readonly number[] {
  const taken = Math.min(count, Math.max(2, Math.floor(most)));
  if (taken === 1) return [0];
  return Array.from({ length: taken }, (_, i) => Math.floor((i * (count - 1)) / (taken - 1)));
}
