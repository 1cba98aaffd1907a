// A reduction: read everything, keep one number. The sum is exact modulo 2^32 in any order.
import { compareElements, defineBenchmark } from 'guestmark';

export default defineBenchmark({
  name: 'reduce-sum',
  summary: 'Sum of n unsigned integers: 4 n bytes, a shared-memory tree, one atomic per workgroup',
  kind: 'throughput',
  category: 'patterns',
  axes: { n: [16 * 2 ** 20], WORKGROUP_SIZE: [256], groups: [1024] },
  suites: {
    quick: {},
    standard: { n: [2 ** 20, 16 * 2 ** 20, 32 * 2 ** 20, 64 * 2 ** 20] },
    full: { n: [2 ** 20, 16 * 2 ** 20, 32 * 2 ** 20, 64 * 2 ** 20] },
  },
  requires: ({ n, WORKGROUP_SIZE }) => {
    if (n % 4 !== 0) return 'n is not a multiple of 4';
    return WORKGROUP_SIZE >= 1 && Number.isInteger(Math.log2(WORKGROUP_SIZE))
      ? null
      : 'WORKGROUP_SIZE is not a power of two';
  },
  buffers: {
    x: { type: 'u32', elements: ({ n }) => n, fill: 'random' },
    total: { type: 'u32', elements: () => 1 },
  },
  work: ({ n, WORKGROUP_SIZE, groups }) => [
    {
      op: 'dispatch',
      shader: 'reduce-sum',
      constants: { WORKGROUP_SIZE },
      push: { n },
      groups: [Math.min(groups, Math.ceil(n / 4 / WORKGROUP_SIZE)), 1, 1],
    },
  ],
  bytes: ({ n }) => 4 * n,
  // Every dispatch adds the sum once more to the total.
  verify: (_, { inputs, outputs, iterations }) => {
    let sum = 0;
    for (const value of inputs.x as Uint32Array) sum = (sum + value) >>> 0;
    return compareElements('total', outputs.total as Uint32Array, () => Math.imul(sum, iterations) >>> 0);
  },
});
