// Latency of memory by the size of the region: dependent loads, one invocation, random order.
import { chase } from '../parts/chase.ts';

const SWEEP = [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30].map((n) => 2 ** n);

const LIMIT =
  'The time of a load at one cache level or in memory, and of its address translation: the curve over bytes has a step at each level. Loops and addresses cost at most an instruction or two a hop. On a software device a hop also does the work for the invocations that are switched off.';

const SOURCES = [
  'L. McVoy, C. Staelin, lmbench: Portable Tools for Performance Analysis, USENIX 1996',
  'S. Sattolo, An algorithm to generate a random cyclic permutation, 1986',
];

export default [
  chase({
    name: 'pointer-chase',
    kernel: 'pointer-chase-vector',
    summary: 'Time of a dependent load at random in a region of bytes, one invocation',
    explanation: {
      method:
        'One invocation follows a random cycle over all lines of the region, 32 hops a turn of its loop. Every dispatch goes on where the last one stopped, so that a line comes back only after all others. The address depends on the invocation, so that the loads are those of ordinary code.',
      limit: LIMIT,
      sources: SOURCES,
    },
    axes: { bytes: [2 ** 26], stride: [128], hops: [8192] },
    suites: {
      quick: {},
      // The last caches of the largest GPUs hold most of 2^26 bytes. Devices that bind no 2^28 skip those.
      standard: { bytes: [2 ** 14, 2 ** 20, 2 ** 26, 2 ** 28] },
      full: { bytes: SWEEP, stride: [64, 128] },
    },
  }),
  chase({
    name: 'pointer-chase-scalar',
    kernel: 'pointer-chase-scalar',
    summary: 'Time of a dependent load whose address is the same for a whole subgroup, at random in a region',
    explanation: {
      method:
        'As pointer-chase, with an address that a compiler can see to be the same for the whole subgroup. Devices that have a scalar unit load it there, through another cache.',
      limit: LIMIT,
      sources: SOURCES,
    },
    axes: { bytes: [2 ** 26], stride: [128], hops: [8192] },
    suites: { full: { bytes: [2 ** 14, 2 ** 17, 2 ** 20, 2 ** 23, 2 ** 26, 2 ** 29] } },
  }),
];
