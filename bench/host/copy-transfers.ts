// The way in and the way out: vkCmdCopyBuffer between device memory and memory that the CPU writes or reads,
// over PCI on a discrete GPU.
import { type Benchmark, compareElements, defineBenchmark } from 'guestmark';
import { multipleOf } from '../parts/workgroup.ts';

type Memory = 'device' | 'upload' | 'download';

function transfer(name: string, from: Memory, to: Memory, way: string): Benchmark {
  return defineBenchmark({
    name,
    summary: `Copy of a buffer ${way}`,
    kind: 'throughput',
    category: 'host',
    explanation: {
      method:
        'One vkCmdCopyBuffer an iteration, as many iterations in a submission as make it long enough to time, ordered by barriers. The CPU neither writes nor reads while the copies run.',
      limit:
        'The bus between the CPU and a discrete GPU, whose copy engine or shaders move the bytes; below some 100 KiB the fixed cost of a copy. Where both buffers lie in the same memory (an integrated GPU, a software device) it is that memory.',
      verification: 'Every word of the target equals that of the source, bit for bit.',
      sources: ['nvbandwidth', 'SHOC, BusSpeedDownload and BusSpeedReadback'],
    },
    axes: { bytes: [64 * 2 ** 20] },
    suites: {
      quick: { bytes: [16 * 2 ** 20] },
      standard: { bytes: [64 * 2 ** 10, 2 ** 20, 64 * 2 ** 20] },
      full: { bytes: [64 * 2 ** 10, 2 ** 20, 64 * 2 ** 20] },
    },
    requires: ({ bytes }) => multipleOf('bytes', bytes, 4),
    buffers: {
      source: { type: 'u32', elements: ({ bytes }) => bytes / 4, memory: from, fill: 'random' },
      target: { type: 'u32', elements: ({ bytes }) => bytes / 4, memory: to, fill: 'poison' },
    },
    work: () => [{ op: 'copy', from: 'source', to: 'target' }],
    bytes: ({ bytes }) => bytes,
    verify: (_, { inputs, outputs }) => {
      const source = inputs.source as Uint32Array;
      return compareElements('target', outputs.target as Uint32Array, source);
    },
  });
}

export default [
  transfer('copy-h2d', 'upload', 'device', 'from CPU-written memory to device memory'),
  transfer('copy-d2h', 'device', 'download', 'from device memory to CPU-read memory'),
];
