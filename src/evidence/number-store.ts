// Keeps many short arrays of numbers in few long ones. Hundreds of reports have a million columns, and every array with
// memory of its own costs as much again as its numbers.

/** Numbers in one piece of memory: 64 KiB. */
const SLAB = 2 ** 13;

/** Keeps copies of arrays; what it returns is a view of memory that others share, and must not be changed. */
export interface NumberStore {
  /** A copy of the values, each divided by `divisor`; null is left out. */
  keep(values: ArrayLike<number | null>, divisor?: number): Float64Array;
  /** One of those that were kept, if it is the same, or a copy: on a quiet machine most corrections take nothing off. */
  keepOnce(values: Float64Array, kept: readonly (Float64Array | undefined)[]): Float64Array;
}

/** Makes a store. Its memory is freed with the last array that it returned. */
export function numberStore(): NumberStore {
  let slab = new Float64Array(0);
  let used = 0;
  const keep: NumberStore['keep'] = (values, divisor = 1) => {
    if (slab.length - used < values.length)
      [slab, used] = [new Float64Array(Math.max(SLAB, values.length)), 0];
    const start = used;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number | null;
      if (value !== null) slab[used++] = value / divisor;
    }
    return slab.subarray(start, used);
  };
  return { keep, keepOnce: (values, kept) => kept.find((one) => isSame(values, one)) ?? keep(values) };
}

function isSame(values: Float64Array, kept: Float64Array | undefined): boolean {
  if (kept === undefined || kept.length !== values.length) return false;
  for (let i = 0; i < values.length; i++) if (values[i] !== kept[i]) return false;
  return true;
}
