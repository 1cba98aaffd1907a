// The plainest memory bandwidth there is: read a buffer, write another.
import { compareElements, defineBenchmark } from 'guestmark';

export default defineBenchmark({
  name: 'copy',
  summary: 'Memory bandwidth of y[i] = x[i], over 8 n bytes',
  kind: 'throughput',
  axes: { n: [16 * 2 ** 20], WORKGROUP_SIZE: [256] },
  suites: { quick: {}, standard: { n: [2 ** 20, 16 * 2 ** 20, 32 * 2 ** 20, 64 * 2 ** 20] } },
  requires: ({ n, WORKGROUP_SIZE }) => {
    if (n % 4 !== 0) return 'n is not a multiple of 4';
    return Number.isInteger(WORKGROUP_SIZE) && WORKGROUP_SIZE > 0
      ? null
      : 'WORKGROUP_SIZE is not a positive integer';
  },
  buffers: {
    x: { type: 'f32', elements: ({ n }) => n, fill: 'random' },
    y: { type: 'f32', elements: ({ n }) => n },
  },
  work: ({ n, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: 'copy',
      constants: { WORKGROUP_SIZE },
      push: { n },
      // The kernel strides over the rest: 65,535 workgroups are all that Vulkan guarantees.
      groups: [Math.min(65535, Math.ceil(n / 4 / WORKGROUP_SIZE)), 1, 1],
    },
  ],
  bytes: ({ n }) => 8 * n,
  verify: (_, { inputs, outputs }) => {
    const { x } = inputs as { x: Float32Array };
    return compareElements('y', outputs.y as Float32Array, (i) => x[i] as number);
  },
});
