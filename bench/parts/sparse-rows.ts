// Rows of differing length in compressed sparse row storage (CSR), of matrices and of graphs: the number of entries is
// known from the axes alone, so that buffers can be sized before anything is drawn.
import type { Elements, Random } from 'guestmark';

/** Rows whose lengths balance: row i of the first half of a block and row i of the second have 2 · average together. */
export const ROW_BLOCK = 16;

/**
 * Where each row starts, and where the last ends. Lengths are drawn evenly from 1 to 2 · average − 1.
 *
 * @param starts One more than there are rows, which are a multiple of {@link ROW_BLOCK}.
 */
export function fillVariedStarts(starts: Elements, average: number, random: Random): void {
  const half = ROW_BLOCK / 2;
  const surplus = new Int32Array(half);
  let start = 0;
  for (let row = 0; row < starts.length - 1; row++) {
    const [inHalf, isFirst] = [row % half, row % ROW_BLOCK < half];
    if (isFirst) surplus[inHalf] = Math.floor(random() * (2 * average - 1)) - (average - 1);
    starts[row] = start;
    start += average + (isFirst ? 1 : -1) * (surplus[inHalf] as number);
  }
  starts[starts.length - 1] = start;
}

/** Every row as long as the others. */
export function fillEqualStarts(starts: Elements, length: number): void {
  for (let row = 0; row < starts.length; row++) starts[row] = row * length;
}

/** Columns drawn evenly from all; a row may have one twice, and they are in no order. */
export function fillRandomColumns(columns: Elements, count: number, random: Random): void {
  for (let i = 0; i < columns.length; i++) columns[i] = Math.floor(random() * count);
}
