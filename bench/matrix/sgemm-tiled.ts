// A matrix product with tiles in shared memory and 8 × 8 results in registers, for any size: what a plain kernel
// reaches of the arithmetic peak.
import { defineBenchmark } from 'guestmark';
import { slowInSoftware } from '../parts/software.ts';
import {
  PRODUCT_F32,
  productBytes,
  productFlops,
  VERIFICATION_F32,
  verifyProduct,
} from '../parts/square-product.ts';
import { firstOf, positiveInteger } from '../parts/workgroup.ts';

/** Invocations compute 8 × 8 results each. */
const PER_INVOCATION = 8;

/** Operations a second of one core of a CPU, roughly. */
const SOFTWARE_FLOPS = 3.2e9;

export default defineBenchmark<'size' | 'TILE'>({
  name: 'sgemm-tiled',
  summary: 'Single-precision matrix product C = A B, scalar tiles in shared memory, any size',
  kind: 'throughput',
  category: 'matrix',
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
  skips: (axes, device) => slowInSoftware(device, productFlops(axes), SOFTWARE_FLOPS),
  buffers: PRODUCT_F32,
  work: ({ size, TILE }) => {
    const blocks = Math.ceil(size / (PER_INVOCATION * TILE));
    const push = { m: size, n: size, k: size };
    return [
      { op: 'dispatch', shader: 'sgemm-tiled', constants: { TILE }, push, groups: [blocks, blocks, 1] },
    ];
  },
  bytes: productBytes,
  flops: productFlops,
  verify: verifyProduct,
});
