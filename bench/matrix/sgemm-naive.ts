// A matrix product straight from memory: what caches alone make of it.
import { defineBenchmark } from 'guestmark';
import { SGEMM, slowProduct, VERIFICATION_F32 } from '../parts/square-product.ts';
import { tripCount } from '../parts/trip-count.ts';
import { firstOf, positiveInteger } from '../parts/workgroup.ts';

export default defineBenchmark<'size' | 'WORKGROUP_X' | 'WORKGROUP_Y'>({
  ...SGEMM,
  name: 'sgemm-naive',
  summary: 'Single-precision matrix product C = A B, one element an invocation, no tiles',
  explanation: {
    method:
      'An invocation computes one element of C: it reads a row of A and a column of B from memory, 8 bytes for every multiply-add.',
    limit:
      'The loads: caches serve most of them, but every one is an instruction and an address. It is held against sgemm-tiled, sgemm-register and sgemm-subgroup.',
    verification: VERIFICATION_F32,
    sources: ['R. Freivalds, Probabilistic machines can use less running time, 1977'],
  },
  axes: { size: [512], WORKGROUP_X: [16], WORKGROUP_Y: [16] },
  suites: {
    standard: { size: [256] },
    full: { size: [256, 512, 1024, 2048, 4096], WORKGROUP_X: [8, 16, 32], WORKGROUP_Y: [8] },
  },
  requires: ({ size, WORKGROUP_X, WORKGROUP_Y }) =>
    firstOf(
      tripCount('size', size),
      positiveInteger('WORKGROUP_X', WORKGROUP_X),
      positiveInteger('WORKGROUP_Y', WORKGROUP_Y),
    ),
  skips: (axes, device) => slowProduct(axes, device),
  work: ({ size, WORKGROUP_X, WORKGROUP_Y }) => [
    {
      op: 'dispatch',
      shader: 'sgemm-naive',
      constants: { WORKGROUP_X, WORKGROUP_Y },
      push: { m: size, n: size, k: size },
      groups: [Math.ceil(size / WORKGROUP_X), Math.ceil(size / WORKGROUP_Y), 1],
    },
  ],
});
