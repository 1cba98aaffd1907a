// A sparse matrix times a vector, with a row for each invocation and with several invocations for each row: which wins
// depends on the length of the rows.
import {
  type AxisPoint,
  type Benchmark,
  defineBenchmark,
  type Elements,
  type Random,
  type Verification,
  type VerifyContext,
  type WorkStep,
} from 'guestmark';
import { compareWithin, gamma } from '../parts/rounding.ts';
import { fillEqualStarts, fillRandomColumns, fillVariedStarts, ROW_BLOCK } from '../parts/sparse-rows.ts';
import {
  firstOf,
  multipleOf,
  oneOf,
  positiveInteger,
  powerOfTwo,
  stridedGroups,
} from '../parts/workgroup.ts';

type Axis = 'rows' | 'entries' | 'banded' | 'WORKGROUP_SIZE';
type Shape = AxisPoint<Axis>;

const AXES = { rows: [2 ** 15], entries: [16], banded: [0], WORKGROUP_SIZE: [256] };
const STANDARD = { rows: [2 ** 19] };
const FULL = { rows: [2 ** 16, 2 ** 20], entries: [8, 16, 64], banded: [0, 1] };

/** Enough to fill a large GPU; a workgroup that does several rows one after the other starts once. */
const MOST_VECTOR_GROUPS = 2048;

/** What both kernels have in common; `entries` counts those of an average row. */
function parts(spread: string) {
  return {
    kind: 'throughput',
    category: 'patterns',
    explanation: {
      method: `Compressed rows (CSR) with 32-bit columns, float32. ${spread} With banded = 0 the rows have 1 to 2 · entries − 1 entries, entries on average, in random columns; with banded = 1 each has just so many around its diagonal, the first and last rows around the ends.`,
      limit:
        'Memory: 8 bytes an entry for 2 operations. x is counted once, as if it stayed in a cache: a random matrix reads it all over, a banded one along the rows. A software device is limited by generated code.',
      verification:
        'Every row against the sum of the same products in double precision. A product and the additions that it goes through are at most k roundings, the entries of an invocation plus the invocations of a row, so a row may be off by γ(k) = k u / (1 − k u) times the sum of the magnitudes, with u = 2^-23.',
      sources: [
        'N. Bell and M. Garland, Implementing sparse matrix-vector multiplication on throughput-oriented processors, SC 2009',
        'SHOC, Spmv',
      ],
    },
    buffers: {
      starts: {
        type: 'u32',
        elements: ({ rows }: Shape) => rows + 1,
        fill: (into: Elements, { entries, banded }: Shape, random: Random) =>
          banded === 1 ? fillEqualStarts(into, entries) : fillVariedStarts(into, entries, random),
      },
      columns: {
        type: 'u32',
        elements: ({ rows, entries }: Shape) => rows * entries,
        fill: (into: Elements, { rows, entries, banded }: Shape, random: Random) =>
          banded === 1 ? fillBand(into, rows, entries) : fillRandomColumns(into, rows, random),
      },
      entries: { type: 'f32', elements: ({ rows, entries }: Shape) => rows * entries, fill: 'random' },
      x: { type: 'f32', elements: ({ rows }: Shape) => rows, fill: 'random' },
      y: { type: 'f32', elements: ({ rows }: Shape) => rows, fill: 'poison' },
    },
    bytes: ({ rows, entries }: Shape) => 8 * rows * entries + 4 * (rows + 1) + 8 * rows,
    flops: ({ rows, entries }: Shape) => 2 * rows * entries,
  } as const;
}

function fillBand(columns: Elements, rows: number, entries: number): void {
  for (let row = 0; row < rows; row++) {
    const first = row - Math.floor(entries / 2) + rows;
    for (let i = 0; i < entries; i++) columns[row * entries + i] = (first + i) % rows;
  }
}

function shapeProblem({ rows, entries, banded, WORKGROUP_SIZE }: Shape): string | null {
  return firstOf(
    multipleOf('rows', rows, ROW_BLOCK),
    positiveInteger('entries', entries),
    oneOf('banded', banded, [0, 1]),
    entries > rows ? 'entries is larger than rows' : null,
    powerOfTwo('WORKGROUP_SIZE', WORKGROUP_SIZE),
  );
}

/** @param lanes That share a row, and whose sums are added up one after the other. */
function compareRows({ inputs, outputs }: VerifyContext, lanes: number): Verification {
  const [starts, columns] = [inputs.starts as Uint32Array, inputs.columns as Uint32Array];
  const [entries, x] = [inputs.entries as Float32Array, inputs.x as Float32Array];
  const y = outputs.y as Float32Array;
  const bounds = new Float64Array(y.length);
  const sums = Float64Array.from(y, (_, row) => {
    const [start, end] = [starts[row] as number, starts[row + 1] as number];
    let [sum, magnitude] = [0, 0];
    for (let i = start; i < end; i++) {
      const product = (entries[i] as number) * (x[columns[i] as number] as number);
      sum += product;
      magnitude += Math.abs(product);
    }
    bounds[row] = gamma(Math.ceil((end - start) / lanes) + lanes) * magnitude;
    return sum;
  });
  return compareWithin(
    'y',
    y,
    (row) => sums[row] as number,
    (row) => bounds[row] as number,
  );
}

const scalar: Benchmark = defineBenchmark<Axis>({
  ...parts('One invocation for each row.'),
  name: 'spmv-scalar',
  summary: 'Sparse matrix (CSR) times vector, one invocation for each row',
  axes: AXES,
  suites: { standard: STANDARD, full: FULL },
  requires: shapeProblem,
  work: ({ rows, WORKGROUP_SIZE }): readonly WorkStep[] => [
    {
      op: 'dispatch',
      shader: 'spmv-scalar',
      constants: { WORKGROUP_SIZE },
      push: { rows },
      groups: stridedGroups(rows, WORKGROUP_SIZE),
    },
  ],
  verify: (_, context) => compareRows(context, 1),
});

const vector: Benchmark = defineBenchmark<Axis | 'LANES'>({
  ...parts('LANES invocations for each row, which add up in shared memory.'),
  name: 'spmv-vector',
  summary: 'Sparse matrix (CSR) times vector, LANES invocations for each row',
  axes: { ...AXES, LANES: [8] },
  suites: {
    quick: {},
    standard: { ...STANDARD, banded: [0, 1] },
    full: { ...FULL, LANES: [2, 4, 8, 16, 32] },
  },
  requires: (shape) => {
    const { rows, WORKGROUP_SIZE, LANES } = shape;
    return firstOf(
      shapeProblem(shape),
      powerOfTwo('LANES', LANES),
      multipleOf('WORKGROUP_SIZE', WORKGROUP_SIZE, LANES),
      multipleOf('rows', rows, WORKGROUP_SIZE / LANES),
    );
  },
  work: ({ rows, WORKGROUP_SIZE, LANES }): readonly WorkStep[] => [
    {
      op: 'dispatch',
      shader: 'spmv-vector',
      constants: { WORKGROUP_SIZE, LANES },
      push: { rows },
      groups: stridedGroups(rows * LANES, WORKGROUP_SIZE, MOST_VECTOR_GROUPS),
    },
  ],
  verify: ({ LANES }, context) => compareRows(context, LANES),
});

export default [scalar, vector];
