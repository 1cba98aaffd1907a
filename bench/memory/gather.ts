// Random access in both directions: what hash tables, sparse matrices and graphs do to memory.
import { compareElements, defineBenchmark } from 'guestmark';
import { fillPermutation } from '../parts/permutation.ts';
import { type StreamAxes, streamConstants, streamGroups, streamProblem } from '../parts/stream.ts';
import { firstOf, powerOfTwo } from '../parts/workgroup.ts';

const KI = 2 ** 10;
const MI = 2 ** 20;

const METHOD =
  'The random order is a permutation, drawn anew from the seed, that the kernel reads beside the data. Every invocation has 16 random accesses in flight.';
const LIMIT =
  'On a GPU the smallest unit that its memory moves, since of 32 or 64 bytes four are used, unless the data fits a cache. 12 bytes are counted for an element: its index, its read and its write. On a software device the cache misses of a CPU that has few of them in flight, and generated code where the data fits its caches.';

const gather = defineBenchmark({
  name: 'gather',
  summary: 'Rate of random reads, y[i] = x[from[i]] of 4-byte elements, over 12 n bytes',
  kind: 'throughput',
  category: 'memory',
  explanation: {
    method: `${METHOD} With cold = 1 the caches are flushed before every sample.`,
    limit: LIMIT,
    verification: 'Every element of y, bit for bit; y holds poison before.',
    sources: ['Spatter: P. Lavin et al., MEMSYS 2020'],
  },
  axes: { n: [16 * MI], WORKGROUP_SIZE: [256], cold: [0] },
  suites: {
    quick: { n: [MI] },
    standard: {},
    full: { n: [16 * KI, 256 * KI, MI, 4 * MI, 16 * MI, 64 * MI], cold: [0, 1] },
  },
  requires: (axes) => problem(axes),
  buffers: {
    x: { type: 'f32', elements: ({ n }) => n, fill: 'random' },
    from: { type: 'u32', elements: ({ n }) => n, fill: fillPermutation },
    y: { type: 'f32', elements: ({ n }) => n, fill: 'poison' },
  },
  work: (axes) => [dispatch('gather', axes)],
  bytes: ({ n }) => 12 * n,
  items: ({ n }) => n,
  itemName: 'reads',
  cold: ({ cold }) => cold === 1,
  verify: (_, { inputs, outputs }) => {
    const { x, from } = inputs as { x: Float32Array; from: Uint32Array };
    return compareElements('y', outputs.y as Float32Array, (i) => x[from[i] as number] as number);
  },
});

const scatter = defineBenchmark({
  name: 'scatter',
  summary: 'Rate of random writes, y[to[i]] = x[i] of 4-byte elements, over 12 n bytes',
  kind: 'throughput',
  category: 'memory',
  explanation: {
    method: METHOD,
    limit: LIMIT,
    verification:
      'Every element of y, bit for bit; y holds poison before, and the order leaves no element out.',
    sources: ['Spatter: P. Lavin et al., MEMSYS 2020'],
  },
  axes: { n: [16 * MI], WORKGROUP_SIZE: [256] },
  suites: { full: { n: [16 * KI, 256 * KI, MI, 4 * MI, 16 * MI, 64 * MI] } },
  requires: (axes) => problem(axes),
  buffers: {
    x: { type: 'f32', elements: ({ n }) => n, fill: 'random' },
    to: { type: 'u32', elements: ({ n }) => n, fill: fillPermutation },
    y: { type: 'f32', elements: ({ n }) => n, fill: 'poison' },
  },
  work: (axes) => [dispatch('scatter', axes)],
  bytes: ({ n }) => 12 * n,
  items: ({ n }) => n,
  itemName: 'writes',
  verify: ({ n }, { inputs, outputs }) => {
    const { x, to } = inputs as { x: Float32Array; to: Uint32Array };
    const expected = new Float32Array(n);
    for (let i = 0; i < n; i++) expected[to[i] as number] = x[i] as number;
    return compareElements('y', outputs.y as Float32Array, expected);
  },
});

interface RandomAxes {
  readonly n: number;
  readonly WORKGROUP_SIZE: number;
}

/** As the kernels lay out their invocations: four indices are a piece. */
function streamed({ n, WORKGROUP_SIZE }: RandomAxes): StreamAxes {
  return { n, WORKGROUP_SIZE, width: 4 };
}

function problem(axes: RandomAxes): string | null {
  return firstOf(powerOfTwo('n', axes.n), streamProblem(streamed(axes)));
}

function dispatch(shader: string, axes: RandomAxes) {
  const count = streamGroups(streamed(axes));
  const constants = streamConstants(streamed(axes), count);
  const groups = [count, 1, 1] as const;
  return { op: 'dispatch', shader, constants, push: { n: axes.n }, groups } as const;
}

export default [gather, scatter];
