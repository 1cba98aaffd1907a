// Peak arithmetic in single precision. The result depends on the trip count, so a device or driver
// that drops iterations fails the verification instead of looking fast.
import { compareElements, defineBenchmark } from 'guestmark';

const CHAINS = 12;
const FMA_PER_LOOP = 16;

export default defineBenchmark({
  name: 'fma-f32-vec4',
  summary: 'Peak rate of fp32 fused multiply-add, 12 independent chains per invocation (vec4)',
  kind: 'throughput',
  axes: { invocations: [2 ** 20], loops: [16], WORKGROUP_SIZE: [256] },
  suites: { quick: {}, standard: { loops: [16, 256] } },
  buffers: { result: { type: 'f32', elements: ({ invocations }) => invocations } },
  work: ({ invocations, loops, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: 'fma-f32-vec4',
      constants: { WORKGROUP_SIZE },
      push: { loops, a: 1, b: 1 },
      groups: [Math.ceil(invocations / WORKGROUP_SIZE), 1, 1],
    },
  ],
  flops: ({ invocations, loops }) => 2 * CHAINS * FMA_PER_LOOP * loops * invocations,
  // With a = b = 1 every chain counts its own multiply-adds, starting 256 apart: exact in fp32.
  verify: ({ loops }, { outputs }) => {
    const starts = (256 * CHAINS * (CHAINS - 1)) / 2;
    const expected = (i: number): number => CHAINS * (i % 256) + starts + CHAINS * FMA_PER_LOOP * loops;
    return compareElements('result', outputs.result as Float32Array, expected);
  },
});
