// Convolution of an image with a small filter: as many multiply-adds a pixel as the filter has weights, on data of which
// neighbours share nearly all.
import { allOf, compareElements, defineBenchmark, type Verification } from 'guestmark';
import { fillGrid } from '../parts/grid.ts';
import { sampledIndices } from '../parts/sampled-indices.ts';
import { fillIntegers } from '../parts/small-integers.ts';
import { firstOf, multipleOf, oneOf, positiveInteger } from '../parts/workgroup.ts';
import { compareWritten } from '../parts/written.ts';

/** Multiply-adds that the CPU does again, at a nanosecond each. */
const MOST_PRODUCTS = 2 ** 27;
/** A row of weights takes two vectors of four, and there are seven rows at most. */
const ROW = 8;
const ROWS = 7;
/** A workgroup reads pixels in vectors of four, and every invocation writes four rows of one. */
const RESULTS = 4;

/** A row of results: the image is zero outside. */
function filteredRow(
  from: Float32Array,
  filters: Float32Array,
  size: number,
  side: number,
  y: number,
): Float64Array {
  const radius = (side - 1) / 2;
  const sums = new Float64Array(size);
  for (let v = 0; v < side; v++) {
    const row = y + v - radius;
    if (row < 0 || row >= size) continue;
    for (let u = 0; u < side; u++) {
      const weight = filters[ROW * v + u] as number;
      const shift = u - radius;
      const end = Math.min(size, size - shift);
      const base = row * size + shift;
      for (let x = Math.max(0, -shift); x < end; x++)
        sums[x] = (sums[x] as number) + weight * (from[base + x] as number);
    }
  }
  return sums;
}

export default defineBenchmark({
  name: 'conv-2d',
  summary: 'Convolution of size² pixels with a filter of FILTER × FILTER weights',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'A workgroup loads a tile of the image and its frame into shared memory; every invocation computes 4 × 4 pixels in registers, and reads every row of the tile that they need once. Weights come from a uniform buffer.',
    limit:
      'Memory with 3 × 3 weights (18 operations for 8 bytes), shared memory and multiply-adds with 7 × 7 (98 operations). On a software device reading shared memory for each invocation costs most.',
    verification:
      'Exactly: image and weights are small integers, so that all sums are exact in any order. All rows up to 2^27 products, else rows spread evenly, with the first and the last. Outside of the image is zero.',
    sources: ['V. Podlozhnyuk, Image convolution with CUDA, 2007'],
  },
  axes: { size: [1024], FILTER: [3, 5, 7], WORKGROUP_X: [16], WORKGROUP_Y: [8] },
  suites: {
    standard: { size: [4096], FILTER: [7] },
    full: { size: [1024, 4096], WORKGROUP_X: [8, 16, 32] },
  },
  requires: ({ size, FILTER, WORKGROUP_X, WORKGROUP_Y }) =>
    firstOf(
      multipleOf('size', size, RESULTS),
      oneOf('FILTER', FILTER, [3, 5, 7]),
      positiveInteger('WORKGROUP_X', WORKGROUP_X),
      positiveInteger('WORKGROUP_Y', WORKGROUP_Y),
    ),
  buffers: {
    from: {
      type: 'f32',
      elements: ({ size }) => size * size,
      fill: fillGrid,
    },
    filters: {
      type: 'f32',
      usage: 'uniform',
      elements: () => ROW * ROWS,
      // What is beyond the filter is never read.
      fill: fillIntegers(-4, 4),
    },
    to: { type: 'f32', elements: ({ size }) => size * size, fill: 'poison' },
  },
  work: ({ size, FILTER, WORKGROUP_X, WORKGROUP_Y }) => [
    {
      op: 'dispatch',
      shader: 'conv-2d',
      constants: { WORKGROUP_X, WORKGROUP_Y, FILTER },
      push: { size },
      groups: [Math.ceil(size / (RESULTS * WORKGROUP_X)), Math.ceil(size / (RESULTS * WORKGROUP_Y)), 1],
    },
  ],
  bytes: ({ size }) => 8 * size * size,
  flops: ({ size, FILTER }) => 2 * FILTER * FILTER * size * size,
  items: ({ size }) => size * size,
  itemName: 'pixels',
  verify: ({ size, FILTER }, { inputs, outputs }) => {
    const from = inputs.from as Float32Array;
    const filters = inputs.filters as Float32Array;
    const to = outputs.to as Float32Array;
    const compareRow = (y: number): Verification => {
      const sums = filteredRow(from, filters, size, FILTER, y);
      const actual = to.subarray(y * size, (y + 1) * size);
      return compareElements(`row ${y}`, actual, (x) => sums[x] as number);
    };
    const rows = sampledIndices(size, MOST_PRODUCTS / (FILTER * FILTER * size)).map(compareRow);
    return allOf(...rows, compareWritten('to', to));
  },
});
