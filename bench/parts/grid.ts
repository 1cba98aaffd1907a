// Grids of small integers: whatever a stencil or a filter adds of them is exact in single precision, in any order and
// fused or not, so that every point can be compared without a tolerance.
import { allOf, compareElements, type Verification } from 'guestmark';
import { sampledIndices } from './sampled-indices.ts';
import { fillIntegers } from './small-integers.ts';
import { compareWritten } from './written.ts';

/** Integers of -8…8. */
export const fillGrid = fillIntegers(-8, 8);

/** A weight, and where the value that it multiplies lies: so many elements on from the point itself. */
export interface Tap {
  readonly weight: number;
  readonly offset: number;
}

/** Points that the CPU computes again, at some 30 ns each. */
const MOST_POINTS = 2 ** 24;

/**
 * Compares a weighted sum of neighbours at every point of a grid, whose points on the border stay what they are; in
 * grids of more than 2^24 points in rows spread evenly, the first and the last among them.
 *
 * @param extent Points along each dimension, the fastest first.
 */
export function compareStencil(
  from: Float32Array,
  to: Float32Array,
  extent: readonly number[],
  taps: readonly Tap[],
): Verification {
  const [width = 1, ...others] = extent;
  const rows = sampledIndices(to.length / width, MOST_POINTS / width);
  return allOf(
    ...rows.map((row) => {
      const start = row * width;
      const expected = isBorder(row, others)
        ? from.subarray(start, start + width)
        : weightedRow(from, start, width, taps);
      const actual = to.subarray(start, start + width);
      return compareElements(`to, row ${row},`, actual, (x) => expected[x] as number);
    }),
    compareWritten('to', to),
  );
}

/** Weighted sums of a row, all but its ends. */
function weightedRow(from: Float32Array, start: number, width: number, taps: readonly Tap[]): Float32Array {
  const row = from.slice(start, start + width).fill(0, 1, -1);
  for (const { weight, offset } of taps) {
    const base = start + offset;
    for (let x = 1; x < width - 1; x++) row[x] = (row[x] as number) + weight * (from[base + x] as number);
  }
  return row;
}

/** Whether a row lies on the border along one of the dimensions across it. */
function isBorder(row: number, extent: readonly number[]): boolean {
  let rest = row;
  return extent.some((points) => {
    const place = rest % points;
    rest = (rest - place) / points;
    return place === 0 || place === points - 1;
  });
}
