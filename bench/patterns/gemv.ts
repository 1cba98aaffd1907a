// The matrix-vector product: every element of the matrix is used once, so it is bandwidth in another dress.
import { compareElements, defineBenchmark } from 'guestmark';
import { times } from '../parts/matrix-product.ts';
import { fillIntegers } from '../parts/small-integers.ts';
import { turnsOfAllLoops } from '../parts/trip-count.ts';
import {
  atMost,
  firstOf,
  MOST_GROUPS,
  multipleOf,
  positiveInteger,
  powerOfTwo,
  stridedGroups,
} from '../parts/workgroup.ts';

/** Sums of so many products of integers of −3…3 are exact in any order. */
const MOST_COLUMNS = 2 ** 20;

export default defineBenchmark({
  name: 'gemv',
  summary: 'Single-precision matrix-vector product y = A x, 4 rows columns bytes of matrix',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'A workgroup computes an element of y: each invocation multiplies and adds every WORKGROUP_SIZE-th vec4 of a row, a tree in shared memory adds their sums. x stays in a cache.',
    limit:
      'The memory: half an operation a byte is far left of the ridge of any roofline. On a software device generated code.',
    verification:
      'A and x hold integers of -3 to 3, so that every sum is exact in any order: every element of y equals the product in double precision.',
  },
  axes: { rows: [1024], columns: [1024], WORKGROUP_SIZE: [64] },
  suites: {
    // 128 MiB: more than twice the last cache of the largest GPUs.
    standard: { rows: [8192], columns: [4096] },
    full: { rows: [1024, 8192], columns: [1024, 4096], WORKGROUP_SIZE: [32, 64, 128, 256] },
  },
  requires: ({ rows, columns, WORKGROUP_SIZE }) =>
    firstOf(
      positiveInteger('rows', rows),
      multipleOf('columns', columns, 4),
      powerOfTwo('WORKGROUP_SIZE', WORKGROUP_SIZE),
      atMost('columns', columns, MOST_COLUMNS, 'sums would not be exact'),
      turnsOfAllLoops(turnsOf(rows, columns, WORKGROUP_SIZE)),
    ),
  buffers: {
    a: {
      type: 'f32',
      elements: ({ rows, columns }) => rows * columns,
      fill: fillIntegers(-3, 3),
    },
    x: {
      type: 'f32',
      elements: ({ columns }) => columns,
      fill: fillIntegers(-3, 3),
    },
    y: { type: 'f32', elements: ({ rows }) => rows, fill: 'poison' },
  },
  work: ({ rows, columns, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: 'gemv',
      constants: { WORKGROUP_SIZE },
      push: { rows, columns },
      groups: stridedGroups(rows, 1),
    },
  ],
  bytes: ({ rows, columns }) => 4 * (rows * columns + rows + columns),
  flops: ({ rows, columns }) => 2 * rows * columns,
  verify: ({ rows, columns }, { inputs, outputs }) => {
    const { a, x } = inputs as { a: Float32Array; x: Float32Array };
    const expected = times(rows, columns, a, x);
    return compareElements('y', outputs.y as Float32Array, (row) => expected[row] as number);
  },
});

/** Turns of all loops of an invocation: a pass and a tree for every row of its workgroup. */
function turnsOf(rows: number, columns: number, workgroupSize: number): number {
  const each = Math.ceil(columns / (4 * workgroupSize)) + Math.log2(workgroupSize) + 1;
  return Math.ceil(rows / MOST_GROUPS) * each;
}
