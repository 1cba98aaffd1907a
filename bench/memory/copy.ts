// The plainest memory bandwidth there is: read a buffer, write another.
import { compareElements, defineBenchmark } from 'guestmark';
import { firstOf, multipleOf, positiveInteger, stridedGroups } from '../parts/workgroup.ts';

export default defineBenchmark({
  name: 'copy',
  summary: 'Memory bandwidth of y[i] = x[i], over 8 n bytes',
  kind: 'throughput',
  category: 'memory',
  explanation: {
    method: 'Every invocation copies 16 bytes at a time, in a grid-stride loop.',
    limit:
      'The memory of the device where both arrays are larger than its caches. On a software device generated code limits it, not memory.',
    verification: 'Every element of y equals that of x, bit for bit.',
    sources: ['J. D. McCalpin, STREAM, 1995'],
  },
  axes: { n: [16 * 2 ** 20], WORKGROUP_SIZE: [256] },
  suites: {
    quick: {},
    standard: { n: [2 ** 20, 16 * 2 ** 20, 32 * 2 ** 20, 64 * 2 ** 20] },
    full: { n: [2 ** 20, 16 * 2 ** 20, 32 * 2 ** 20, 64 * 2 ** 20] },
  },
  requires: ({ n, WORKGROUP_SIZE }) =>
    firstOf(multipleOf('n', n, 4), positiveInteger('WORKGROUP_SIZE', WORKGROUP_SIZE)),
  buffers: {
    x: { type: 'f32', elements: ({ n }) => n, fill: 'random' },
    y: { type: 'f32', elements: ({ n }) => n, fill: 'poison' },
  },
  work: ({ n, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: 'copy',
      constants: { WORKGROUP_SIZE },
      push: { n },
      groups: stridedGroups(n / 4, WORKGROUP_SIZE),
    },
  ],
  bytes: ({ n }) => 8 * n,
  verify: (_, { inputs, outputs }) => {
    const { x } = inputs as { x: Float32Array };
    return compareElements('y', outputs.y as Float32Array, (i) => x[i] as number);
  },
});
