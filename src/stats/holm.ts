// Many comparisons at once: of sixty cases that do not differ, three would show a "difference" at 5 % each. Pure numbers.

/**
 * Adjusted p-values of the step-down procedure of S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure"
 * (Scandinavian Journal of Statistics 6, 1979): rejecting those at or below α makes any false rejection at all no more
 * probable than α, however the cases depend on each other.
 *
 * @param ps Raw p-values, in any order.
 * @returns In the same order; at most 1, and in the order of size of the raw ones.
 */
export function holmAdjusted(ps: readonly number[]): number[] {
  const order = ps.map((_, index) => index).sort((a, b) => (ps[a] as number) - (ps[b] as number));
  const adjusted: number[] = Array(ps.length).fill(1);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (ps.length - rank) * (ps[index] as number)));
    adjusted[index] = largest;
  });
  return adjusted;
}
