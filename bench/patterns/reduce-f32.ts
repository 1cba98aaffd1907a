// A floating-point reduction: unlike that of integers its result depends on the order, so the order is fixed and the
// bound follows from it.
import { allOf, defineBenchmark } from 'guestmark';
import { compareWithin, gamma } from '../parts/rounding.ts';
import { firstOf, multipleOf, powerOfTwo, stridedGroups } from '../parts/workgroup.ts';

interface Shape {
  readonly n: number;
  readonly WORKGROUP_SIZE: number;
  readonly groups: number;
}

/** Additions that a value goes through in one dispatch: its invocation's, those of the vec4, and the tree's. */
function depth(n: number, WORKGROUP_SIZE: number, groups: number): number {
  return Math.ceil(n / (4 * WORKGROUP_SIZE * groups)) + 2 + Math.log2(WORKGROUP_SIZE);
}

/** Sums of the values and of their magnitudes that each workgroup reads, in double precision. */
function groupSums(
  x: Float32Array,
  { WORKGROUP_SIZE, groups }: Shape,
): readonly [Float64Array, Float64Array] {
  const [sums, magnitudes] = [new Float64Array(groups), new Float64Array(groups)];
  const block = 4 * WORKGROUP_SIZE;
  for (let start = 0, group = 0; start < x.length; start += block, group = (group + 1) % groups) {
    const end = Math.min(x.length, start + block);
    let [sum, magnitude] = [0, 0];
    for (let i = start; i < end; i++) {
      const value = x[i] as number;
      sum += value;
      magnitude += Math.abs(value);
    }
    sums[group] = (sums[group] as number) + sum;
    magnitudes[group] = (magnitudes[group] as number) + magnitude;
  }
  return [sums, magnitudes];
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

export default defineBenchmark({
  name: 'reduce-f32',
  summary:
    'Sum of n floats in a fixed order: 4 n bytes, a shared-memory tree, a second dispatch for the sums',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'Every invocation sums a grid-stride share, a tree in shared memory sums the workgroup, and a second dispatch of one workgroup sums the sums of the workgroups. No atomics, so the result repeats bit for bit.',
    limit:
      'Reading the array: the bandwidth of memory where it is larger than the caches. The second dispatch adds a few microseconds. A software device is limited by generated code.',
    verification:
      'The sum of every workgroup, and the total, against sums in double precision. A value goes through k nested additions (those of its invocation, two of the vec4, the tree, and in the total those of the second dispatch), so a sum may be off by γ(k) = k u / (1 − k u) times the sum of the magnitudes, with u = 2^-23.',
    sources: ['N. J. Higham, The accuracy of floating point summation, SIAM J. Sci. Comput. 14, 1993'],
  },
  axes: { n: [16 * 2 ** 20], WORKGROUP_SIZE: [256], groups: [1024] },
  suites: {
    standard: { n: [32 * 2 ** 20] },
    full: { n: [2 ** 20, 16 * 2 ** 20, 32 * 2 ** 20] },
  },
  requires: ({ n, WORKGROUP_SIZE, groups }) =>
    firstOf(
      multipleOf('n', n, 4),
      powerOfTwo('WORKGROUP_SIZE', WORKGROUP_SIZE),
      multipleOf('groups', groups, 4),
    ),
  buffers: {
    x: { type: 'f32', elements: ({ n }) => n, fill: 'random' },
    // Workgroups that a small array does not need leave nothing here.
    sums: { type: 'f32', elements: ({ groups }) => groups },
    total: { type: 'f32', elements: () => 1, fill: 'poison' },
  },
  work: ({ n, WORKGROUP_SIZE, groups }) => [
    {
      op: 'dispatch',
      shader: 'reduce-f32',
      constants: { WORKGROUP_SIZE },
      push: { n },
      groups: stridedGroups(n / 4, WORKGROUP_SIZE, groups),
    },
    {
      op: 'dispatch',
      shader: 'reduce-f32',
      constants: { WORKGROUP_SIZE },
      push: { n: groups },
      buffers: { x: 'sums', sums: 'total' },
      groups: [1, 1, 1],
    },
  ],
  bytes: ({ n }) => 4 * n,
  flops: ({ n }) => n,
  verify: ({ n, WORKGROUP_SIZE, groups }, { inputs, outputs }) => {
    const [dispatched] = stridedGroups(n / 4, WORKGROUP_SIZE, groups);
    const shape = { n, WORKGROUP_SIZE, groups: dispatched };
    const [sums, magnitudes] = groupSums(inputs.x as Float32Array, shape);
    const first = depth(n, WORKGROUP_SIZE, dispatched);
    const both = first + depth(groups, WORKGROUP_SIZE, 1);
    const [total, magnitude] = [sumOf(sums), sumOf(magnitudes)];
    return allOf(
      compareWithin(
        'sums',
        outputs.sums as Float32Array,
        (group) => sums[group] ?? 0,
        (group) => gamma(first) * (magnitudes[group] ?? 0),
      ),
      compareWithin(
        'total',
        outputs.total as Float32Array,
        () => total,
        () => gamma(both) * magnitude,
      ),
    );
  },
});
