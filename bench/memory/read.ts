// Reading alone: the side of memory that most kernels wait for.
import { compareElements, defineBenchmark } from 'guestmark';
import { Checksums } from '../parts/checksum.ts';
import {
  ROW,
  STREAM_LIMIT,
  STREAM_METHOD,
  type StreamAxes,
  streamConstants,
  streamGroups,
  streamProblem,
} from '../parts/stream.ts';

const MI = 2 ** 20;
/** Enough to fill a large device; the checksums of more would be more than a percent of what is read. */
const MOST_GROUPS = 1024;

export default defineBenchmark({
  name: 'read',
  summary: 'Memory bandwidth of reading n 32-bit words, over 4 n bytes',
  kind: 'throughput',
  category: 'memory',
  explanation: {
    method: `At most ${MOST_GROUPS} workgroups read every word once and add it to a checksum of the invocation, which is all that is written. ${STREAM_METHOD} With contiguous = 1 every workgroup walks a region of its own instead. With cold = 1 the caches are flushed before every sample.`,
    limit: STREAM_LIMIT,
    verification:
      'Every checksum, exactly: the sum modulo 2^32 of the random words that its invocation reads. A word that was not read, or read twice, changes one.',
    sources: ['clpeak 2.1, global memory bandwidth', 'ProjectPhysX OpenCL-Benchmark, coalesced read'],
  },
  axes: { n: [16 * MI], width: [4], UNROLL: [4], contiguous: [0], WORKGROUP_SIZE: [256], cold: [0] },
  suites: {
    quick: {},
    standard: { n: [32 * MI], width: [4, 8] },
    full: {
      n: [MI, 32 * MI, 256 * MI],
      width: [1, 2, 4, 8],
      contiguous: [0, 1],
      cold: [0, 1],
    },
  },
  isRoof: true,
  requires: (axes) => streamProblem(axes),
  buffers: {
    x: { type: 'u32', elements: ({ n }) => n, fill: 'random' },
    checksums: { type: 'u32', elements: (axes) => invocations(axes), fill: 'poison' },
  },
  work: (axes) => [
    {
      op: 'dispatch',
      shader: `read-w${axes.width}`,
      constants: streamConstants(axes, groups(axes)),
      push: { n: axes.n },
      groups: [groups(axes), 1, 1],
    },
  ],
  bytes: ({ n }) => 4 * n,
  cold: ({ cold }) => cold === 1,
  verify: (axes, { inputs, outputs }) => {
    const words = inputs.x as Uint32Array;
    const checksums = new Checksums(invocations(axes), axes.width);
    const pieces = ROW * axes.UNROLL;
    for (let chunk = 0; chunk < axes.n / (pieces * axes.width); chunk++) {
      const first = firstReader(axes, chunk);
      for (let piece = 0; piece < pieces; piece++)
        checksums.add(first + (piece % ROW), words, (chunk * pieces + piece) * axes.width);
    }
    return compareElements('checksums', outputs.checksums as Uint32Array, (i) => checksums.value(i));
  },
});

function groups(axes: StreamAxes): number {
  return Math.min(MOST_GROUPS, streamGroups(axes));
}

function invocations(axes: StreamAxes): number {
  return groups(axes) * axes.WORKGROUP_SIZE;
}

/** The first of the eight invocations that read a chunk. */
function firstReader(axes: Required<StreamAxes>, chunk: number): number {
  const { n, width, UNROLL, contiguous, WORKGROUP_SIZE } = axes;
  if (contiguous === 0) return (chunk * ROW) % invocations(axes);
  const region = Math.ceil(n / (width * ROW * UNROLL) / groups(axes));
  const group = Math.floor(chunk / region);
  return group * WORKGROUP_SIZE + (((chunk % region) * ROW) % WORKGROUP_SIZE);
}
