// A matrix product with tiles in shared memory and 8 × 8 results in registers: what a plain kernel
// reaches of the arithmetic peak.
import { defineBenchmark } from 'guestmark';
import { compareProduct, fillSmallIntegers } from '../parts/matrix-product.ts';

/** Invocations compute 8 × 8 results each. */
const PER_INVOCATION = 8;

export default defineBenchmark({
  name: 'sgemm-tiled',
  summary: 'Single-precision matrix product C = A B, 12 size² bytes of matrices',
  kind: 'throughput',
  category: 'matrix',
  axes: { size: [512], TILE: [16] },
  suites: { quick: {}, standard: { size: [256, 512, 1024, 2048] }, full: { size: [256, 512, 1024, 2048] } },
  requires: ({ TILE }) => (Number.isInteger(TILE) && TILE > 0 ? null : 'TILE is not a positive integer'),
  buffers: {
    a: {
      type: 'f32',
      elements: ({ size }) => size * size,
      fill: (into, _, random) => fillSmallIntegers(into, random),
    },
    b: {
      type: 'f32',
      elements: ({ size }) => size * size,
      fill: (into, _, random) => fillSmallIntegers(into, random),
    },
    c: { type: 'f32', elements: ({ size }) => size * size },
  },
  work: ({ size, TILE }) => {
    const blocks = Math.ceil(size / (PER_INVOCATION * TILE));
    const push = { m: size, n: size, k: size };
    return [
      { op: 'dispatch', shader: 'sgemm-tiled', constants: { TILE }, push, groups: [blocks, blocks, 1] },
    ];
  },
  flops: ({ size }) => 2 * size ** 3,
  verify: ({ size }, { inputs, outputs }) => {
    const { a, b } = inputs as { a: Float32Array; b: Float32Array };
    return compareProduct({ m: size, n: size, k: size, a, b, c: outputs.c as Float32Array });
  },
});
