// A histogram of 256 bins, once with atomics in shared memory and once in global memory only: beside each
// other they show what shared atomics are worth.
import { type Benchmark, compareElements, defineBenchmark } from 'guestmark';

function histogram(memory: 'shared' | 'global', where: string, maxGroups: number): Benchmark {
  return defineBenchmark({
    name: `histogram-${memory}`,
    summary: `Histogram of 4 n keys of 8 bits, atomics in ${where}`,
    kind: 'throughput',
    category: 'patterns',
    axes: { n: [2 ** 20], WORKGROUP_SIZE: [256] },
    suites: { quick: {}, standard: { n: [2 ** 20, 16 * 2 ** 20] }, full: { n: [2 ** 20, 16 * 2 ** 20] } },
    requires: ({ WORKGROUP_SIZE }) =>
      Number.isInteger(WORKGROUP_SIZE) && WORKGROUP_SIZE > 0
        ? null
        : 'WORKGROUP_SIZE is not a positive integer',
    buffers: {
      keys: { type: 'u32', elements: ({ n }) => n, fill: 'random' },
      bins: { type: 'u32', elements: () => 256 },
    },
    work: ({ n, WORKGROUP_SIZE }) => [
      {
        op: 'dispatch',
        shader: `histogram-${memory}`,
        constants: { WORKGROUP_SIZE },
        push: { n },
        groups: [Math.min(maxGroups, Math.ceil(n / WORKGROUP_SIZE)), 1, 1],
      },
    ],
    // Four keys are packed in a word.
    items: ({ n }) => 4 * n,
    // Every dispatch counts all keys once more.
    verify: (_, { inputs, outputs, iterations }) => {
      const counts = new Uint32Array(256);
      const keys = new Uint8Array((inputs.keys as Uint32Array).buffer);
      for (const key of keys) counts[key] = (counts[key] as number) + 1;
      const expected = (bin: number): number => Math.imul(counts[bin] as number, iterations) >>> 0;
      return compareElements('bins', outputs.bins as Uint32Array, expected);
    },
  });
}

export default [
  // Every workgroup merges 256 bins at its end: fewer groups merge less.
  histogram('shared', 'shared memory, merged per workgroup', 1024),
  histogram('global', 'global memory only', 65535),
];
