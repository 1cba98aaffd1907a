// Layer normalization of the rows of a matrix: two dependent reductions and a pass of multiply-adds.
import { allOf, compareElements, defineBenchmark, type Verification, type VerifyContext } from 'guestmark';
import { DIVISION_ERROR, INVERSE_SQRT_ULPS, ULP } from '../parts/float-precision.ts';
import { UNIT_ROUNDOFF } from '../parts/rounding.ts';
import { sampledIndices } from '../parts/sampled-indices.ts';
import { turnsOfAllLoops } from '../parts/trip-count.ts';
import {
  firstOf,
  MOST_GROUPS,
  multipleOf,
  positiveInteger,
  powerOfTwo,
  stridedGroups,
} from '../parts/workgroup.ts';
import { compareWritten } from '../parts/written.ts';

/** Added to the variance, as the kernel has it. */
const EPSILON = 2 ** -10;
/** Rows that are compared. */
const SAMPLED_ROWS = 32;

type Axes = Readonly<Record<'rows' | 'columns' | 'WORKGROUP_SIZE', number>>;

export default defineBenchmark<keyof Axes>({
  name: 'layer-norm',
  summary: 'Layer normalization of rows, over 8 rows columns bytes',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'A workgroup computes a row: its mean, the mean of the squared differences from it, and the normalized elements times a gain plus a bias. The row is read three times; the bytes count one read and one write.',
    limit:
      'On a GPU the memory, where a row stays in a cache between the passes; small rows are limited by the barriers of the two trees. On a software device generated code.',
    verification:
      'Every element of 32 rows against double precision. The bound follows the roundings: one for every addition on the longest way to a sum, 2.5 ulp for a division, 2 ulp for the inverse square root, and the error of the mean in every difference. In the other rows no element is left as it was before.',
    sources: ['J. L. Ba, J. R. Kiros and G. E. Hinton, Layer normalization, 2016'],
  },
  axes: { rows: [256], columns: [1024], WORKGROUP_SIZE: [256] },
  suites: {
    full: { rows: [256, 4096], columns: [256, 1024, 4096], WORKGROUP_SIZE: [64, 256] },
  },
  requires: ({ rows, columns, WORKGROUP_SIZE }) =>
    firstOf(
      positiveInteger('rows', rows),
      multipleOf('columns', columns, 4),
      powerOfTwo('WORKGROUP_SIZE', WORKGROUP_SIZE),
      turnsOfAllLoops(turnsOf(rows, columns, WORKGROUP_SIZE)),
    ),
  buffers: {
    x: { type: 'f32', elements: ({ rows, columns }) => rows * columns, fill: 'random' },
    gain: { type: 'f32', elements: ({ columns }) => columns, fill: 'random' },
    bias: { type: 'f32', elements: ({ columns }) => columns, fill: 'random' },
    y: { type: 'f32', elements: ({ rows, columns }) => rows * columns, fill: 'poison' },
  },
  work: ({ rows, columns, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: 'layer-norm',
      constants: { WORKGROUP_SIZE },
      push: { rows, columns },
      groups: stridedGroups(rows, 1),
    },
  ],
  bytes: ({ rows, columns }) => 8 * rows * columns + 8 * columns,
  verify: (axes, context) =>
    allOf(
      ...sampledIndices(axes.rows, SAMPLED_ROWS).map((row) => compareRow(axes, row, context)),
      compareWritten('y', context.outputs.y as Float32Array),
    ),
});

/** Turns of all loops of an invocation: three passes and two trees for every row of its workgroup. */
function turnsOf(rows: number, columns: number, workgroupSize: number): number {
  const each = 3 * Math.ceil(columns / (4 * workgroupSize)) + 2 * Math.log2(workgroupSize) + 1;
  return Math.ceil(rows / MOST_GROUPS) * each;
}

function compareRow(axes: Axes, row: number, { inputs, outputs }: VerifyContext): Verification {
  const { columns } = axes;
  const [gain, bias] = [inputs.gain as Float32Array, inputs.bias as Float32Array];
  const x = (inputs.x as Float32Array).subarray(row * columns, (row + 1) * columns);
  const mean = x.reduce((sum, one) => sum + one, 0) / columns;
  const variance = x.reduce((sum, one) => sum + (one - mean) ** 2, 0) / columns;
  const factor = 1 / Math.sqrt(variance + EPSILON);
  const y = (outputs.y as Float32Array).subarray(row * columns, (row + 1) * columns);
  const expected = (i: number): number =>
    ((x[i] as number) - mean) * factor * (gain[i] as number) + (bias[i] as number);
  return compareElements(`y row ${row}`, y, expected, { absolute: absoluteError(axes, variance) });
}

/**
 * What an element may be wrong by, for |x|, |gain| and |bias| of at most 1 and so differences of at most 2. A mean of
 * magnitudes below 1 is wrong by the roundings of the longest way to its sum (three for a vec4 in every turn, the tree)
 * and its division; a difference by that and a rounding. The variance takes over twice that times the mean difference,
 * which is at most its root, and adds the roundings of its own sum, of the square and of EPSILON. Of its relative error
 * the factor has half, and 2 ulp of its own; three roundings follow. Products of (1 + e) are covered by one part in a
 * hundred.
 */
function absoluteError({ columns, WORKGROUP_SIZE }: Axes, variance: number): number {
  const additions = 3 * Math.ceil(columns / (4 * WORKGROUP_SIZE)) + Math.log2(WORKGROUP_SIZE);
  const sumError = additions * UNIT_ROUNDOFF + DIVISION_ERROR;
  const difference = sumError + 2 * UNIT_ROUNDOFF;
  const ofVariance =
    2 * difference * Math.sqrt(variance) + (sumError + 2 * UNIT_ROUNDOFF) * (variance + EPSILON);
  const factor = 1 / Math.sqrt(variance + EPSILON);
  const ofFactor = ofVariance / (2 * (variance + EPSILON)) + INVERSE_SQRT_ULPS * ULP.f32;
  return (
    1.01 *
    (difference * factor + 2 * factor * (ofFactor + 2 * UNIT_ROUNDOFF) + (2 * factor + 1) * UNIT_ROUNDOFF)
  );
}
