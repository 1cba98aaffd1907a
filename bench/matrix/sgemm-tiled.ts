// A matrix product with tiles in shared memory and 8 × 8 results in registers, for any size: what a plain kernel
// reaches of the arithmetic peak.
import { defineBenchmark } from 'guestmark';
import { SGEMM, slowProduct, VERIFICATION_F32 } from '../parts/square-product.ts';
import { firstOf, positiveInteger } from '../parts/workgroup.ts';

/** Invocations compute 8 × 8 results each. */
const PER_INVOCATION = 8;

export default defineBenchmark<'size' | 'TILE'>({
  ...SGEMM,
  name: 'sgemm-tiled',
  summary: 'Single-precision matrix product C = A B, scalar tiles in shared memory, any size',
  explanation: {
    method:
      'A workgroup of TILE × TILE invocations computes 8 TILE × 8 TILE elements of C from slabs of A and B in shared memory; an invocation keeps 8 × 8 of them in registers. All loads are scalar.',
    limit:
      'The reads of shared memory: 16 for 64 multiply-adds. sgemm-register needs a quarter of the instructions for them. On a software device shared memory is ordinary memory and the loads are loops over invocations.',
    verification: VERIFICATION_F32,
    sources: ['R. Freivalds, Probabilistic machines can use less running time, 1977'],
  },
  axes: { size: [512], TILE: [16] },
  suites: {
    standard: { size: [512, 2048] },
    full: { size: [256, 512, 1024, 2048, 4096], TILE: [8, 16] },
  },
  requires: ({ size, TILE }) => firstOf(positiveInteger('size', size), positiveInteger('TILE', TILE)),
  skips: (axes, device) => slowProduct(axes, device),
  work: ({ size, TILE }) => {
    const blocks = Math.ceil(size / (PER_INVOCATION * TILE));
    const push = { m: size, n: size, k: size };
    return [
      { op: 'dispatch', shader: 'sgemm-tiled', constants: { TILE }, push, groups: [blocks, blocks, 1] },
    ];
  },
});
