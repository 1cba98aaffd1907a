// The way in: vkCmdCopyBuffer from CPU-written memory to device memory, over PCI on a discrete GPU.
import { compareElements, defineBenchmark } from 'guestmark';

export default defineBenchmark({
  name: 'copy-h2d',
  summary: 'Copy of a buffer from CPU-written memory to device memory',
  kind: 'throughput',
  axes: { bytes: [64 * 2 ** 20] },
  suites: { quick: {}, standard: { bytes: [64 * 2 ** 10, 2 ** 20, 64 * 2 ** 20] } },
  buffers: {
    source: { type: 'u32', elements: ({ bytes }) => bytes / 4, memory: 'upload', fill: 'random' },
    target: { type: 'u32', elements: ({ bytes }) => bytes / 4, memory: 'device' },
  },
  work: () => [{ op: 'copy', from: 'source', to: 'target' }],
  bytes: ({ bytes }) => bytes,
  verify: (_, { inputs, outputs }) => {
    const source = inputs.source as Uint32Array;
    return compareElements('target', outputs.target as Uint32Array, (i) => source[i] as number);
  },
});
