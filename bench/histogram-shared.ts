// A histogram of 256 bins with atomics in shared memory. Its twin uses the other kind of memory.
import { compareElements, defineBenchmark } from 'guestmark';

export default defineBenchmark({
  name: 'histogram-shared',
  summary: 'Histogram of 8-bit keys, atomics in shared memory, merged per workgroup',
  kind: 'throughput',
  axes: { n: [2 ** 20], WORKGROUP_SIZE: [256] },
  suites: { quick: {}, standard: { n: [2 ** 20, 16 * 2 ** 20] } },
  buffers: {
    keys: { type: 'u32', elements: ({ n }) => n, fill: 'random' },
    bins: { type: 'u32', elements: () => 256 },
  },
  work: ({ n, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: 'histogram-shared',
      constants: { WORKGROUP_SIZE },
      push: { n },
      groups: [Math.min(1024, Math.ceil(n / WORKGROUP_SIZE)), 1, 1],
    },
  ],
  items: ({ n }) => 4 * n,
  // Every dispatch counts all keys once more.
  verify: (_, { inputs, outputs, iterations }) => {
    const counts = new Uint32Array(256);
    for (const key of new Uint8Array((inputs.keys as Uint32Array).buffer))
      counts[key] = (counts[key] as number) + 1;
    const expected = (bin: number): number => Math.imul(counts[bin] as number, iterations) >>> 0;
    return compareElements('bins', outputs.bins as Uint32Array, expected);
  },
});
