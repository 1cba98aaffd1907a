// The way in and the way out: vkCmdCopyBuffer between device memory and memory that the CPU writes or reads,
// over PCI on a discrete GPU.
import { type Benchmark, compareElements, defineBenchmark } from 'guestmark';

type Memory = 'device' | 'upload' | 'download';

function transfer(name: string, from: Memory, to: Memory, way: string): Benchmark {
  return defineBenchmark({
    name,
    summary: `Copy of a buffer ${way}`,
    kind: 'throughput',
    category: 'host',
    axes: { bytes: [64 * 2 ** 20] },
    suites: {
      quick: {},
      standard: { bytes: [64 * 2 ** 10, 2 ** 20, 64 * 2 ** 20] },
      full: { bytes: [64 * 2 ** 10, 2 ** 20, 64 * 2 ** 20] },
    },
    requires: ({ bytes }) => (bytes % 4 === 0 ? null : 'bytes is not a multiple of 4'),
    buffers: {
      source: { type: 'u32', elements: ({ bytes }) => bytes / 4, memory: from, fill: 'random' },
      target: { type: 'u32', elements: ({ bytes }) => bytes / 4, memory: to },
    },
    work: () => [{ op: 'copy', from: 'source', to: 'target' }],
    bytes: ({ bytes }) => bytes,
    verify: (_, { inputs, outputs }) => {
      const source = inputs.source as Uint32Array;
      return compareElements('target', outputs.target as Uint32Array, (i) => source[i] as number);
    },
  });
}

export default [
  transfer('copy-h2d', 'upload', 'device', 'from CPU-written memory to device memory'),
  transfer('copy-d2h', 'device', 'download', 'from device memory to CPU-read memory'),
];
