// A matrix product straight from memory: what caches alone make of it.
import { defineBenchmark } from 'guestmark';
import { slowInSoftware } from '../parts/software.ts';
import {
  PRODUCT_F32,
  productBytes,
  productFlops,
  VERIFICATION_F32,
  verifyProduct,
} from '../parts/square-product.ts';
import { tripCount } from '../parts/trip-count.ts';
import { firstOf, positiveInteger } from '../parts/workgroup.ts';

/** Operations a second of one core of a CPU, roughly. */
const SOFTWARE_FLOPS = 3.2e9;

export default defineBenchmark<'size' | 'WIDTH' | 'HEIGHT'>({
  name: 'sgemm-naive',
  summary: 'Single-precision matrix product C = A B, one element an invocation, no tiles',
  kind: 'throughput',
  category: 'matrix',
  explanation: {
    method:
      'An invocation computes one element of C: it reads a row of A and a column of B from memory, 8 bytes for every multiply-add.',
    limit:
      'The loads: caches serve most of them, but every one is an instruction and an address. It is held against sgemm-tiled, sgemm-register and sgemm-subgroup.',
    verification: VERIFICATION_F32,
    sources: ['R. Freivalds, Probabilistic machines can use less running time, 1977'],
  },
  axes: { size: [512], WIDTH: [16], HEIGHT: [16] },
  suites: {
    standard: {},
    full: { size: [256, 512, 1024, 2048, 4096], WIDTH: [8, 16, 32], HEIGHT: [8] },
  },
  requires: ({ size, WIDTH, HEIGHT }) =>
    firstOf(tripCount('size', size), positiveInteger('WIDTH', WIDTH), positiveInteger('HEIGHT', HEIGHT)),
  skips: (axes, device) => slowInSoftware(device, productFlops(axes), SOFTWARE_FLOPS),
  buffers: PRODUCT_F32,
  work: ({ size, WIDTH, HEIGHT }) => [
    {
      op: 'dispatch',
      shader: 'sgemm-naive',
      constants: { WIDTH, HEIGHT },
      push: { m: size, n: size, k: size },
      groups: [Math.ceil(size / WIDTH), Math.ceil(size / HEIGHT), 1],
    },
  ],
  bytes: productBytes,
  flops: productFlops,
  verify: verifyProduct,
});
