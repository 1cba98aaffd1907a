// Which part of an output is compared where the CPU would take too long for all of it: spread evenly, with both ends,
// and the same in every process.

/**
 * Numbers of so many groups, `most` of them or fewer: all where they are few, else evenly spread with the first and the
 * last. At least two.
 */
export function sampledGroups(groups: number, most: number): readonly number[] {
  const count = Math.min(groups, Math.max(2, Math.floor(most)));
  if (count === 1) return [0];
  return Array.from({ length: count }, (_, i) => Math.floor((i * (groups - 1)) / (count - 1)));
}
