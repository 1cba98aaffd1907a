// The way out: vkCmdCopyBuffer from device memory to CPU-read memory, over PCI on a discrete GPU.
import { compareElements, defineBenchmark } from 'guestmark';

export default defineBenchmark({
  name: 'copy-d2h',
  summary: 'Copy of a buffer from device memory to CPU-read memory',
  kind: 'throughput',
  axes: { bytes: [64 * 2 ** 20] },
  suites: { quick: {}, standard: { bytes: [64 * 2 ** 10, 2 ** 20, 64 * 2 ** 20] } },
  buffers: {
    source: { type: 'u32', elements: ({ bytes }) => bytes / 4, memory: 'device', fill: 'random' },
    target: { type: 'u32', elements: ({ bytes }) => bytes / 4, memory: 'download' },
  },
  work: () => [{ op: 'copy', from: 'source', to: 'target' }],
  bytes: ({ bytes }) => bytes,
  verify: (_, { inputs, outputs }) => {
    const source = inputs.source as Uint32Array;
    return compareElements('target', outputs.target as Uint32Array, (i) => source[i] as number);
  },
});
