// Lines of comma-separated values. How a cell is written, so that neither a name nor a formula in it does harm, is decided
// where comparisons are written as CSV.
import { csvCell } from '../compare/comparison-csv.ts';

/** What a cell holds; null is unknown and becomes an empty cell, which is what readers of CSV take for a missing value. */
export type Cell = string | number | null;

/** One line, with its line feed. What is no finite number is unknown. */
export function csvLine(cells: readonly Cell[]): string {
  const known = cells.map((cell) => (typeof cell === 'number' && !Number.isFinite(cell) ? null : cell));
  return `${known.map(csvCell).join(',')}\n`;
}
