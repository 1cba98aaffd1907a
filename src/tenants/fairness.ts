// How evenly a device is shared. Pure numbers; knows nothing of processes.

/**
 * The fairness index (Σx)² / (n Σx²): R. K. Jain, D.-M. Chiu and W. R. Hawe, "A Quantitative Measure of Fairness and
 * Discrimination for Resource Allocation in Shared Computer Systems", DEC Research Report TR-301 (1984). 1 where all have the
 * same; k/n where k of n have the same and the others nothing.
 *
 * @param shares What each got of what it could have had alone; at least one above 0.
 */
export function jainIndex(shares: readonly number[]): number {
  const sum = shares.reduce((total, share) => total + share, 0);
  const squares = shares.reduce((total, share) => total + share * share, 0);
  return (sum * sum) / (shares.length * squares);
}
