// Softmax of the rows of a matrix: exponentials between two reductions, as after every layer of scores.
import { allOf, compareElements, defineBenchmark, type Verification, type VerifyContext } from 'guestmark';
import { DIVISION_ERROR } from '../parts/float-precision.ts';
import { UNIT_ROUNDOFF } from '../parts/rounding.ts';
import { sampledIndices } from '../parts/sampled-indices.ts';
import { correctionsError, expError } from '../parts/softmax-error.ts';
import { turnsOfAllLoops } from '../parts/trip-count.ts';
import {
  firstOf,
  MOST_GROUPS,
  multipleOf,
  oneOf,
  positiveInteger,
  powerOfTwo,
  stridedGroups,
} from '../parts/workgroup.ts';

/** Elements are drawn from LOWEST to LOWEST + RANGE: their exponentials overflow unless the maximum is subtracted. */
const LOWEST = 80;
const RANGE = 16;
/** Rows that are compared element by element. */
const SAMPLED_ROWS = 32;

type Axes = Readonly<Record<'rows' | 'columns' | 'ONLINE' | 'WORKGROUP_SIZE', number>>;

export default defineBenchmark<keyof Axes>({
  name: 'softmax',
  summary: 'Softmax of rows, over 8 rows columns bytes',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'A workgroup computes a row: its maximum and the sum of exp(x - maximum) by trees in shared memory, then the quotients. ONLINE = 0 reads the row three times, ONLINE = 1 twice: it corrects the sum whenever the maximum grows. The bytes count one read and one write.',
    limit:
      'On a GPU the memory, where a row stays in a cache between the passes and the exponentials keep up. On a software device the exponentials and the loads.',
    verification:
      'Every element of 32 rows against double precision, and the sum of every row against 1. Allowed is twice the error of an exponential (Vulkan: 3 + 2 |x| ulp, |x| at most 16), one rounding for every addition on the longest way to the sum (ONLINE: with the correction’s exponential and product), and 2.5 ulp for the division. Elements are 80 to 96, so that x - maximum is exact and exp(x) alone would overflow.',
    sources: ['M. Milakov and N. Gimelshein, Online normalizer calculation for softmax, 2018'],
  },
  axes: { rows: [1024], columns: [1024], ONLINE: [0], WORKGROUP_SIZE: [256] },
  suites: {
    quick: { rows: [256] },
    standard: { rows: [4096], columns: [4096], ONLINE: [0, 1] },
    full: { rows: [256, 4096], columns: [256, 1024, 4096], ONLINE: [0, 1], WORKGROUP_SIZE: [64, 256] },
  },
  requires: ({ rows, columns, ONLINE, WORKGROUP_SIZE }) =>
    firstOf(
      positiveInteger('rows', rows),
      multipleOf('columns', columns, 4),
      oneOf('ONLINE', ONLINE, [0, 1]),
      powerOfTwo('WORKGROUP_SIZE', WORKGROUP_SIZE),
      turnsOfAllLoops(turnsOf(rows, columns, WORKGROUP_SIZE)),
    ),
  buffers: {
    x: {
      type: 'f32',
      elements: ({ rows, columns }) => rows * columns,
      fill: (into, _, random) => {
        for (let i = 0; i < into.length; i++) into[i] = LOWEST + RANGE * random();
      },
    },
    y: { type: 'f32', elements: ({ rows, columns }) => rows * columns, fill: 'poison' },
  },
  work: ({ rows, columns, ONLINE, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: 'softmax',
      constants: { WORKGROUP_SIZE, ONLINE },
      push: { rows, columns },
      groups: stridedGroups(rows, 1),
    },
  ],
  bytes: ({ rows, columns }) => 8 * rows * columns,
  verify: (axes, context) => allOf(compareSums(axes, context), compareRows(axes, context)),
});

/** Turns of all loops of an invocation: three passes and two trees for every row of its workgroup. */
function turnsOf(rows: number, columns: number, workgroupSize: number): number {
  const each = 3 * Math.ceil(columns / (4 * workgroupSize)) + 2 * Math.log2(workgroupSize) + 1;
  return Math.ceil(rows / MOST_GROUPS) * each;
}

/**
 * What an element may be wrong by, as a part of it: the exponential above, the sum of exponentials below, and the
 * division. A sum of positive terms is wrong by no more than its worst term, and one rounding for every addition on the
 * way there: over the loop's turns (two in a vec4 and one into the sum each) and the tree. ONLINE multiplies the sum
 * by an exponential at every turn; the corrections' arguments add up to RANGE at most, so that of all their errors
 * 3 ulp a turn and 2 RANGE ulp in total remain. Products of (1 + e) are covered by one part in a hundred.
 */
function relativeError({ columns, ONLINE, WORKGROUP_SIZE }: Axes): number {
  const turns = Math.ceil(columns / (4 * WORKGROUP_SIZE));
  const additions = 3 * turns + Math.log2(WORKGROUP_SIZE);
  const corrections = ONLINE * correctionsError(turns + 1, RANGE);
  return 1.01 * (2 * expError(RANGE) + additions * UNIT_ROUNDOFF + corrections + DIVISION_ERROR);
}

function compareSums(axes: Axes, { outputs }: VerifyContext): Verification {
  const y = outputs.y as Float32Array;
  const sums = Float64Array.from({ length: axes.rows }, (_, row) => {
    let sum = 0;
    for (let i = row * axes.columns; i < (row + 1) * axes.columns; i++) sum += y[i] as number;
    return sum;
  });
  return compareElements('sum of row', sums, () => 1, { relative: relativeError(axes) });
}

function compareRows(axes: Axes, { inputs, outputs }: VerifyContext): Verification {
  const { rows, columns } = axes;
  const [x, y] = [inputs.x as Float32Array, outputs.y as Float32Array];
  const compared = sampledIndices(rows, SAMPLED_ROWS).map((row) => {
    const exponentials = Float64Array.from(x.subarray(row * columns, (row + 1) * columns), Math.exp);
    const sum = exponentials.reduce((all, one) => all + one, 0);
    const actual = y.subarray(row * columns, (row + 1) * columns);
    const relative = relativeError(axes);
    return compareElements(`y row ${row}`, actual, (i) => (exponentials[i] as number) / sum, { relative });
  });
  return allOf(...compared);
}
