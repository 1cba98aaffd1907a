// What a kernel costs before it does anything: copies from small to large, each in a dispatch of its own.
import { compareElements, defineBenchmark } from 'guestmark';
import { type StreamAxes, stream, streamProblem } from '../parts/stream.ts';

const KI = 2 ** 10;
const MI = 2 ** 20;
const WIDTH = 4;
/** A small copy needs all the invocations it can have. */
const UNROLL = 1;

interface Axes {
  /** Read and written together. */
  readonly bytes: number;
  readonly WORKGROUP_SIZE: number;
}

export default defineBenchmark({
  name: 'small-kernel',
  summary:
    'Time of a copy over its bytes V, for the fit of its rate to V / (a + V / b): start-up a and bandwidth b',
  kind: 'throughput',
  category: 'models',
  explanation: {
    method:
      'The copy kernel over V bytes, read and written together, 16 bytes for every invocation. Many dispatches follow each other in one submission with a barrier between two, so that a is what a device needs from one kernel to the next: start, end and barrier. All sizes together are fitted to the time a + V / b.',
    limit:
      'a is the front end of a GPU and the way through its caches that the barrier demands; it takes no part of the host, unless the hypervisor emulates something. b is the bandwidth of the cache or memory that holds the larger sizes. On a software device a is threads that wake each other, and b generated code and not memory.',
    verification: 'Every element of the copy equals its original, bit for bit; all hold poison before.',
    sources: ['gpu-benches, gpu-small-kernels'],
  },
  axes: { bytes: [MI], WORKGROUP_SIZE: [256] },
  suites: {
    standard: { bytes: [64 * KI, 256 * KI, MI, 4 * MI, 16 * MI, 64 * MI] },
    full: { bytes: Array.from({ length: 15 }, (_, i) => 64 * KI * 2 ** i), WORKGROUP_SIZE: [64, 256] },
  },
  fitsStartUp: 'bytes',
  requires: (axes) => streamProblem(streamed(axes)),
  buffers: {
    x: { type: 'f32', elements: ({ bytes }) => bytes / 8, fill: 'random' },
    y: { type: 'f32', elements: ({ bytes }) => bytes / 8, fill: 'poison' },
  },
  work: (axes) => [stream('copy', streamed(axes))],
  bytes: ({ bytes }) => bytes,
  verify: (_, { inputs, outputs }) => {
    const x = inputs.x as Float32Array;
    return compareElements('y', outputs.y as Float32Array, x);
  },
});

function streamed({ bytes, WORKGROUP_SIZE }: Axes): StreamAxes {
  return { n: bytes / 8, WORKGROUP_SIZE, width: WIDTH, UNROLL };
}
