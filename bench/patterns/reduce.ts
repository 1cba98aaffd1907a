// A reduction in three ways: read everything, keep one number. The sum is exact modulo 2^32 in any order, so what
// differs between the three is only how the invocations come together.
import { type Benchmark, compareElements, defineBenchmark } from 'guestmark';
import { wholeSubgroups } from '../parts/whole-subgroups.ts';
import { firstOf, multipleOf, positiveInteger, powerOfTwo, stridedGroups } from '../parts/workgroup.ts';

interface Way {
  readonly name: string;
  readonly summary: string;
  readonly method: string;
  readonly limit: string;
  /** Why the kernel cannot have workgroups of a size, or null; default for want of an integer only. */
  readonly sizeProblem?: (workgroupSize: number) => string | null;
  readonly suites: Benchmark<'n' | 'WORKGROUP_SIZE' | 'groups'>['suites'];
}

const SIZES = [2 ** 20, 16 * 2 ** 20, 32 * 2 ** 20];

const positiveSize = (size: number): string | null => positiveInteger('WORKGROUP_SIZE', size);

/** Modulo 2^32, as a signed number: engines keep such in a register. */
function wrappedSum(values: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum = (sum + (values[i] as number)) | 0;
  return sum;
}

function reduction({ name, summary, method, limit, sizeProblem = positiveSize, suites }: Way): Benchmark {
  return defineBenchmark({
    name,
    summary: `Sum of n unsigned integers: 4 n bytes, ${summary}`,
    kind: 'throughput',
    category: 'patterns',
    explanation: {
      method: `Every invocation sums a grid-stride share in a register, 16 bytes at a time; ${method}`,
      limit,
      verification:
        'The total equals the sum modulo 2^32, exactly, times the iterations that ran: addition modulo 2^32 gives the same in any order.',
      sources: ['uVkCompute, reduction', 'SHOC, Reduction'],
    },
    axes: { n: [16 * 2 ** 20], WORKGROUP_SIZE: [256], groups: [1024] },
    suites,
    requires: ({ n, WORKGROUP_SIZE }) => firstOf(multipleOf('n', n, 4), sizeProblem(WORKGROUP_SIZE)),
    buffers: {
      x: { type: 'u32', elements: ({ n }) => n, fill: 'random' },
      total: { type: 'u32', elements: () => 1 },
    },
    work: ({ n, WORKGROUP_SIZE, groups }) => [
      {
        op: 'dispatch',
        shader: name,
        constants: { WORKGROUP_SIZE },
        push: { n },
        groups: stridedGroups(n / 4, WORKGROUP_SIZE, groups),
      },
    ],
    bytes: ({ n }) => 4 * n,
    // Every dispatch adds the sum once more to the total.
    verify: (_, { inputs, outputs, iterations }) => {
      const sum = wrappedSum(inputs.x as Uint32Array);
      return compareElements('total', outputs.total as Uint32Array, () => Math.imul(sum, iterations) >>> 0);
    },
  });
}

const READING =
  'Reading the array: the bandwidth of memory where it is larger than the caches. A software device is limited by generated code.';

export default [
  reduction({
    name: 'reduce-sum',
    summary: 'a shared-memory tree, one atomic per workgroup',
    method: 'a tree in shared memory sums the workgroup, and one atomic per workgroup adds to the total.',
    limit: READING,
    sizeProblem: (size) => powerOfTwo('WORKGROUP_SIZE', size),
    suites: { standard: { n: [2 ** 20, 32 * 2 ** 20] }, full: { n: [...SIZES, 64 * 2 ** 20] } },
  }),
  reduction({
    name: 'reduce-subgroup',
    summary: 'subgroup additions, one atomic per workgroup',
    method:
      'subgroups add up with one operation each, the first subgroup adds their sums, and one atomic per workgroup adds to the total. Any subgroup size is right.',
    sizeProblem: wholeSubgroups,
    limit: `${READING} Beside reduce-sum it shows what barriers and shared memory cost.`,
    suites: { quick: {}, standard: { n: [32 * 2 ** 20] }, full: { n: SIZES } },
  }),
  reduction({
    name: 'reduce-atomic',
    summary: 'one atomic per invocation on a single address',
    method: 'then every invocation adds to the total by an atomic of its own.',
    limit:
      'Atomics on one address, which a device does one after the other, beside the reading of the array: few groups make few of them.',
    suites: { standard: { n: [32 * 2 ** 20] }, full: { n: SIZES, groups: [256, 1024, 4096] } },
  }),
];
