// The dot product of the STREAM set's successor BabelStream: two reads per element and next to no write, in single and
// in double precision.
import { type Benchmark, compareElements, defineBenchmark, type Elements } from 'guestmark';
import { fillIntegers } from '../parts/small-integers.ts';
import {
  STREAM_LIMIT,
  STREAM_METHOD,
  type StreamBuffer,
  streamConstants,
  streamGroups,
  streamProblem,
} from '../parts/stream.ts';

const MI = 2 ** 20;
/** Workgroups of the first stage: few enough for one workgroup to add up, and enough to fill a large device. */
const PARTIALS = 1024;

/** @param scale Bytes of an element over 4. */
function dot(name: string, type: 'f32' | 'f64', scale: 1 | 2): Benchmark {
  const widths = [1, 2, 4, 8].filter((width) => width * scale <= 8);
  const input: StreamBuffer = { type, elements: ({ n }) => n, fill: fillIntegers(-8, 8) };
  return defineBenchmark({
    name,
    summary: `Memory bandwidth of the dot product of two arrays of n ${type}, over ${8 * scale} n bytes`,
    kind: 'throughput',
    category: 'memory',
    explanation: {
      method: `At most ${PARTIALS} workgroups add up the products of their chunks, first in registers and then in shared memory; one more workgroup adds up their partial sums, in a dispatch of its own. ${STREAM_METHOD}`,
      limit: STREAM_LIMIT,
      verification: `The sum, exactly: the inputs are random integers from -8 to 8, so that every product is an integer and a partial sum of any 2^28 of them stays far below 2^24, which single precision holds exactly in any order. One product too few or too many shows.`,
      sources: ['BabelStream 5.0, dot'],
    },
    axes: { n: [(16 / scale) * MI], width: [4 / scale], WORKGROUP_SIZE: [256] },
    suites: {
      standard: { n: [(32 / scale) * MI] },
      full: { n: [MI, 32 * MI, 64 * MI], width: widths },
    },
    flopType: type,
    ...(scale === 2 && { needs: ['shaderFloat64'] }),
    requires: (axes) => streamProblem(axes, widths),
    buffers: {
      a: input,
      b: input,
      partials: { type, elements: (axes) => partialSums(axes), fill: 'poison' },
      total: { type, elements: () => 1, fill: 'poison' },
    },
    work: (axes) => [
      {
        op: 'dispatch',
        shader: `${scale === 1 ? 'dot' : 'dot-f64'}-w${axes.width}`,
        constants: streamConstants(axes, partialSums(axes)),
        push: { n: axes.n },
        groups: [partialSums(axes), 1, 1],
      },
      {
        op: 'dispatch',
        shader: `sum-partials-${type}`,
        constants: { WORKGROUP_SIZE: axes.WORKGROUP_SIZE },
        push: { count: partialSums(axes) },
        groups: [1, 1, 1],
      },
    ],
    bytes: ({ n }) => 8 * scale * n,
    flops: ({ n }) => 2 * n,
    verify: (_, { inputs, outputs }) => {
      const { a, b } = inputs as { a: Elements; b: Elements };
      let sum = 0;
      for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
      return compareElements('total', outputs.total as Elements, () => sum);
    },
  });
}

function partialSums(axes: {
  readonly n: number;
  readonly width: number;
  readonly WORKGROUP_SIZE: number;
}): number {
  return Math.min(PARTIALS, streamGroups(axes));
}

export default [dot('dot', 'f32', 1), dot('dot-f64', 'f64', 2)];
