// The STREAM triad (McCalpin, 1995): two reads and a write per element, in single and in double precision.
import { type Benchmark, compareElements, defineBenchmark, type Elements } from 'guestmark';
import { fillIntegers } from '../parts/small-integers.ts';
import { STREAM_LIMIT, STREAM_METHOD, type StreamBuffer, stream, streamProblem } from '../parts/stream.ts';

const MI = 2 ** 20;
const S = 3;

/** @param scale Bytes of an element over 4. */
function triad(name: string, type: 'f32' | 'f64', scale: 1 | 2): Benchmark {
  const widths = [1, 2, 4, 8].filter((width) => width * scale <= 8);
  const buffer: StreamBuffer = { type, elements: ({ n }) => n, fill: fillIntegers(-1024, 1024) };
  return defineBenchmark({
    name,
    summary: `Memory bandwidth of the STREAM triad a[i] = b[i] + s c[i] in ${type}, over ${12 * scale} n bytes`,
    kind: 'throughput',
    category: 'memory',
    explanation: {
      method: `Every invocation computes the triad of UNROLL = 4 pieces of width elements of ${type}. ${STREAM_METHOD}`,
      limit: STREAM_LIMIT,
      verification:
        'Every element of a, exactly: b and c are random integers up to 1024, so that the result is exact whether the device fuses the multiply-add or not; a holds poison before.',
      sources: ['J. D. McCalpin, STREAM, 1995', 'BabelStream 5.0, triad'],
    },
    axes: { n: [(16 / scale) * MI], width: [4 / scale], WORKGROUP_SIZE: [256] },
    suites: {
      standard: { n: [(32 / scale) * MI], ...(scale === 1 && { width: [4, 8] }) },
      full: { n: [MI, 32 * MI, 64 * MI], width: widths },
    },
    isRoof: true,
    ...(scale === 2 && { needs: ['shaderFloat64'] }),
    requires: (axes) => streamProblem(axes, widths),
    buffers: { a: { ...buffer, fill: 'poison' }, b: buffer, c: buffer },
    work: (axes) => [stream(scale === 1 ? 'triad' : 'triad-f64', axes, { s: S })],
    bytes: ({ n }) => 12 * scale * n,
    verify: (_, { inputs, outputs }) => {
      const { b, c } = inputs as { b: Elements; c: Elements };
      return compareElements('a', outputs.a as Elements, (i) => (b[i] as number) + S * (c[i] as number));
    },
  });
}

export default [triad('triad', 'f32', 1), triad('triad-f64', 'f64', 2)];
