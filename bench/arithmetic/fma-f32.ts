// Peak arithmetic in single precision, in two shapes: which one is faster depends on the device, so its peak
// is the larger of both. The result depends on the trip count: a driver that drops iterations fails the
// verification instead of looking fast.
import { type Benchmark, compareElements, defineBenchmark } from 'guestmark';

const FMA_PER_LOOP = 16;
/** Every chain counts its own multiply-adds; their sum must stay below 2^24, and llvmpipe ends loops at 65,536. */
const MOST_LOOPS = 60_000;

/** @param chains Independent scalar recurrences per invocation, as the kernel declares them. */
function fma(name: string, chains: number, shape: string): Benchmark {
  return defineBenchmark({
    name,
    summary: `Peak rate of fp32 fused multiply-add, ${shape} per invocation`,
    kind: 'throughput',
    category: 'arithmetic',
    axes: { invocations: [2 ** 20], loops: [16], WORKGROUP_SIZE: [256] },
    suites: { quick: {}, standard: { loops: [16, 256] }, full: { loops: [16, 256] } },
    requires: ({ invocations, loops, WORKGROUP_SIZE }) => {
      if (!Number.isInteger(WORKGROUP_SIZE) || WORKGROUP_SIZE < 1)
        return 'WORKGROUP_SIZE is not a positive integer';
      if (!Number.isInteger(loops) || loops < 1) return 'loops is not a positive integer';
      if (invocations % WORKGROUP_SIZE !== 0) return 'invocations is not a multiple of WORKGROUP_SIZE';
      return loops <= MOST_LOOPS ? null : `more than ${MOST_LOOPS} loops: the result would not be exact`;
    },
    buffers: { result: { type: 'f32', elements: ({ invocations }) => invocations } },
    work: ({ invocations, loops, WORKGROUP_SIZE }) => [
      {
        op: 'dispatch',
        shader: name,
        constants: { WORKGROUP_SIZE },
        push: { loops, a: 1, b: 1 },
        groups: [Math.ceil(invocations / WORKGROUP_SIZE), 1, 1],
      },
    ],
    flops: ({ invocations, loops }) => 2 * chains * FMA_PER_LOOP * loops * invocations,
    // With a = b = 1 every chain counts its own multiply-adds, starting 256 apart: exact in fp32.
    verify: ({ loops }, { outputs }) => {
      const starts = (256 * chains * (chains - 1)) / 2;
      const expected = (i: number): number => chains * (i % 256) + starts + chains * FMA_PER_LOOP * loops;
      return compareElements('result', outputs.result as Float32Array, expected);
    },
  });
}

export default [
  fma('fma-f32', 14, '14 independent chains'),
  fma('fma-f32-vec4', 12, '3 independent chains of vec4'),
];
