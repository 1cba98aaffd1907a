// The kernels of the STREAM set between the copy and the triad: one read and one write, two reads and one write, and
// three reads and one write that lands where it was read from.
import { type Benchmark, compareElements, defineBenchmark } from 'guestmark';
import { fillIntegers } from '../parts/small-integers.ts';
import { STREAM_LIMIT, STREAM_METHOD, type StreamBuffer, stream, streamProblem } from '../parts/stream.ts';

const MI = 2 ** 20;
const S = 3;
const SOURCES = ['J. D. McCalpin, STREAM, 1995', 'BabelStream 5.0'];

interface StreamKernel {
  readonly name: string;
  readonly formula: string;
  readonly reads: readonly string[];
  readonly writes: string;
  readonly flops: number;
  readonly push: Readonly<Record<string, number>>;
  /** The elements that are written, from the arrays that are read. */
  readonly expected: (...read: ArrayLike<number>[]) => (i: number) => number;
  readonly sources?: readonly string[];
}

function streamKernel(kernel: StreamKernel): Benchmark {
  const { name, formula, reads, writes, flops, push, expected } = kernel;
  const inPlace = reads.includes(writes);
  const bytes = 4 * (reads.length + 1);
  const array: StreamBuffer = { type: 'f32', elements: ({ n }) => n };
  const input: StreamBuffer = { ...array, fill: fillIntegers(-1024, 1024) };
  const output: StreamBuffer = { ...array, fill: 'poison' };
  const inputs = reads.map((name) => [name, input] as const);
  return defineBenchmark({
    name,
    summary: `Memory bandwidth of ${formula}, over ${bytes} n bytes`,
    kind: 'throughput',
    category: 'memory',
    explanation: {
      method: `Every invocation computes ${formula} for UNROLL = 4 pieces of width floats. ${STREAM_METHOD}`,
      limit: STREAM_LIMIT,
      verification: `Every element of ${writes}, exactly: inputs are random integers up to 1024, of which the result is exact in single precision, fused or not.`,
      sources: kernel.sources ?? SOURCES,
    },
    axes: { n: [16 * MI], width: [4], WORKGROUP_SIZE: [256] },
    suites: {
      // Three comparisons in each process take longer than all the rest.
      standard: { n: [inPlace ? 16 * MI : 32 * MI] },
      full: { n: [MI, 32 * MI, 128 * MI], width: [1, 2, 4, 8] },
    },
    requires: (axes) => streamProblem(axes),
    buffers: Object.fromEntries(inPlace ? inputs : [...inputs, [writes, output] as const]),
    work: (axes) => [stream(name, axes, push)],
    bytes: ({ n }) => bytes * n,
    flops: ({ n }) => flops * n,
    verifies: inPlace ? 'one iteration' : 'all iterations',
    verify: (_, { inputs, outputs }) => {
      const read = reads.map((name) => inputs[name] as Float32Array);
      return compareElements(writes, outputs[writes] as Float32Array, expected(...read));
    },
  });
}

function at(values: ArrayLike<number>, i: number): number {
  return values[i] as number;
}

export default [
  streamKernel({
    name: 'mul',
    formula: 'the STREAM scale b[i] = s c[i]',
    reads: ['c'],
    writes: 'b',
    flops: 1,
    push: { s: S },
    expected:
      (c = []) =>
      (i) =>
        S * at(c, i),
  }),
  streamKernel({
    name: 'add',
    formula: 'the STREAM add c[i] = a[i] + b[i]',
    reads: ['a', 'b'],
    writes: 'c',
    flops: 1,
    push: {},
    expected:
      (a = [], b = []) =>
      (i) =>
        at(a, i) + at(b, i),
  }),
  streamKernel({
    name: 'nstream',
    formula: 'a[i] += b[i] + s c[i]',
    reads: ['a', 'b', 'c'],
    writes: 'a',
    flops: 3,
    push: { s: S },
    expected:
      (a = [], b = [], c = []) =>
      (i) =>
        at(a, i) + at(b, i) + S * at(c, i),
    sources: [
      'R. F. Van der Wijngaart, T. G. Mattson, The Parallel Research Kernels, 2014',
      'BabelStream 5.0',
    ],
  }),
];
