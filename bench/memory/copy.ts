// The plainest memory bandwidth there is: read a buffer, write another. Its cases also show what the shape of the
// kernel costs: the width of an access, how many are in flight, and how the work is dealt out.
import { compareElements, defineBenchmark } from 'guestmark';
import { STREAM_LIMIT, STREAM_METHOD, stream, streamProblem } from '../parts/stream.ts';

const MI = 2 ** 20;

export default defineBenchmark({
  name: 'copy',
  summary: 'Memory bandwidth of the STREAM copy y[i] = x[i], over 8 n bytes',
  kind: 'throughput',
  category: 'memory',
  explanation: {
    method: `Every invocation copies UNROLL pieces of width floats. ${STREAM_METHOD} With contiguous = 1 every workgroup walks a region of its own instead. With cold = 1 the caches are flushed before every sample.`,
    limit: STREAM_LIMIT,
    verification: 'Every element of y equals that of x, bit for bit; y holds poison before.',
    sources: ['J. D. McCalpin, STREAM, 1995', 'BabelStream 5.0, copy'],
  },
  axes: {
    n: [16 * MI],
    width: [4],
    UNROLL: [4],
    contiguous: [0],
    WORKGROUP_SIZE: [256],
    cold: [0],
  },
  suites: {
    quick: {},
    standard: { n: [32 * MI], width: [4, 8] },
    full: {
      n: [MI, 32 * MI, 128 * MI],
      width: [1, 2, 4, 8],
      contiguous: [0, 1],
      cold: [0, 1],
    },
  },
  isRoof: true,
  requires: (axes) => streamProblem(axes),
  buffers: {
    x: { type: 'f32', elements: ({ n }) => n, fill: 'random' },
    y: { type: 'f32', elements: ({ n }) => n, fill: 'poison' },
  },
  work: (axes) => [stream('copy', axes)],
  bytes: ({ n }) => 8 * n,
  cold: ({ cold }) => cold === 1,
  verify: (_, { inputs, outputs }) => {
    const x = inputs.x as Float32Array;
    return compareElements('y', outputs.y as Float32Array, x);
  },
});
