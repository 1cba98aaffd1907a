// Which rows are compared where the CPU would take too long for all of them.

/** Evenly spread indices below a count, at most so many (2 or more), the first and the last among them. */
export function spreadIndices(count: number, most: number): readonly number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.floor((i * (count - 1)) / (most - 1)));
}
