// The way in, the way out and the way within: vkCmdCopyBuffer between device memory and memory that the CPU writes or
// reads, over PCI on a discrete GPU, and between two buffers of the device.
import { type Benchmark, compareElements, defineBenchmark } from 'guestmark';
import { multipleOf } from '../parts/workgroup.ts';

type Memory = 'device' | 'upload' | 'download';

const KI = 2 ** 10;
const MI = 2 ** 20;
/** 1 KiB to 1 GiB. */
const SIZES = Array.from({ length: 11 }, (_, i) => KI * 4 ** i);
const HOST = { bytes: [KI, 64 * KI, MI, 64 * MI] };

const BUS =
  'The bus between the CPU and a discrete GPU, whose copy engine or shaders move the bytes; below some 100 KiB the fixed cost of a copy. Where both buffers lie in the same memory (an integrated GPU, a software device) it is that memory.';
const MEMORY =
  'Half the bandwidth of the device memory, because every byte is read and written; a copy that fits in a cache of the device stays there. Below some 100 KiB the fixed cost of a copy.';

/** Where from and where to. */
interface Way {
  readonly from: Memory;
  readonly to: Memory;
  readonly words: string;
}

function transfer(
  name: string,
  { from, to, words }: Way,
  limit: string,
  suites: Benchmark<'bytes'>['suites'],
): Benchmark {
  return defineBenchmark({
    name,
    summary: `Copy of a buffer ${words}`,
    kind: 'throughput',
    category: 'host',
    explanation: {
      method:
        'One vkCmdCopyBuffer an iteration, as many iterations in a submission as make it long enough to time, ordered by barriers. The CPU neither writes nor reads while the copies run. The buffers are bound to no shader, and all sizes together are fitted to the time a + V / b.',
      limit,
      verification: 'Every word of the target equals that of the source, bit for bit.',
      sources: ['nvbandwidth', 'SHOC, BusSpeedDownload and BusSpeedReadback'],
    },
    axes: { bytes: [64 * MI] },
    suites,
    fitsStartUp: 'bytes',
    requires: ({ bytes }) => multipleOf('bytes', bytes, 4),
    buffers: {
      source: {
        type: 'u32',
        elements: ({ bytes }) => bytes / 4,
        memory: from,
        usage: 'transfer',
        fill: 'random',
      },
      target: {
        type: 'u32',
        elements: ({ bytes }) => bytes / 4,
        memory: to,
        usage: 'transfer',
        fill: 'poison',
      },
    },
    work: () => [{ op: 'copy', from: 'source', to: 'target' }],
    bytes: ({ bytes }) => bytes,
    verify: (_, { inputs, outputs }) => {
      const source = inputs.source as Uint32Array;
      return compareElements('target', outputs.target as Uint32Array, source);
    },
  });
}

const BUS_SUITES = {
  quick: { bytes: [16 * MI] },
  standard: { bytes: [64 * KI, MI, 64 * MI] },
  host: HOST,
  full: { bytes: SIZES },
};

export default [
  transfer(
    'copy-h2d',
    { from: 'upload', to: 'device', words: 'from CPU-written memory to device memory' },
    BUS,
    BUS_SUITES,
  ),
  transfer(
    'copy-d2h',
    { from: 'device', to: 'download', words: 'from device memory to CPU-read memory' },
    BUS,
    BUS_SUITES,
  ),
  transfer(
    'copy-d2d',
    { from: 'device', to: 'device', words: 'from device memory to device memory' },
    MEMORY,
    { host: HOST, full: { bytes: SIZES } },
  ),
];
