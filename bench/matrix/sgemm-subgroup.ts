// Experiment only, replaced below by what is kept: register rows by broadcast.
import { defineBenchmark } from 'guestmark';
import { compareProduct, fillSmallIntegers } from '../parts/matrix-product.ts';

export default defineBenchmark({
  name: 'sgemm-subgroup',
  summary: 'x',
  kind: 'throughput',
  category: 'matrix',
  axes: { size: [512], BITS: [128], ROWS: [32], SPANS: [1], WORKGROUP_SIZE: [64] },
  suites: { quick: {}, standard: {}, full: {} },
  buffers: {
    a: { type: 'f32', elements: ({ size }) => size * size, fill: (into, _, random) => fillSmallIntegers(into, random) },
    b: { type: 'f32', elements: ({ size }) => size * size, fill: (into, _, random) => fillSmallIntegers(into, random) },
    c: { type: 'f32', elements: ({ size }) => size * size },
  },
  work: ({ size, BITS, ROWS, SPANS, WORKGROUP_SIZE }) => {
    const push = { m: size, n: size, k: size };
    return [
      { op: 'dispatch', shader: `sgemm-subgroup-${BITS}`, constants: { ROWS, SPANS, WORKGROUP_SIZE }, push, groups: [Math.ceil(size / (BITS / 32 * SPANS * WORKGROUP_SIZE)), Math.ceil(size / ROWS), 1] },
    ];
  },
  flops: ({ size }) => 2 * size ** 3,
  verify: ({ size }, { inputs, outputs }) => {
    const { a, b } = inputs as { a: Float32Array; b: Float32Array };
    return compareProduct({ m: size, n: size, k: size, a, b, c: outputs.c as Float32Array });
  },
});
