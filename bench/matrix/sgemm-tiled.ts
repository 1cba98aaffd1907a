// A matrix product with tiles in shared memory and 8 × 8 results in registers: what a plain kernel
// reaches of the arithmetic peak.
import { allOf, compareElements, defineBenchmark } from 'guestmark';

/** Invocations compute 8 × 8 results each. */
const PER_INVOCATION = 8;
/** Rows that are compared element by element, beside the check of the whole product. */
const SAMPLED_ROWS = 4;

export default defineBenchmark({
  name: 'sgemm-tiled',
  summary: 'Single-precision matrix product C = A B, 12 size² bytes of matrices',
  kind: 'throughput',
  category: 'matrix',
  axes: { size: [512], TILE: [16] },
  suites: { quick: {}, standard: { size: [256, 512, 1024, 2048] }, full: { size: [256, 512, 1024, 2048] } },
  requires: ({ TILE }) => (Number.isInteger(TILE) && TILE > 0 ? null : 'TILE is not a positive integer'),
  buffers: {
    a: {
      type: 'f32',
      elements: ({ size }) => size * size,
      fill: (into, _, random) => fillSmall(into, random),
    },
    b: {
      type: 'f32',
      elements: ({ size }) => size * size,
      fill: (into, _, random) => fillSmall(into, random),
    },
    c: { type: 'f32', elements: ({ size }) => size * size },
  },
  work: ({ size, TILE }) => {
    const blocks = Math.ceil(size / (PER_INVOCATION * TILE));
    const push = { m: size, n: size, k: size };
    return [
      { op: 'dispatch', shader: 'sgemm-tiled', constants: { TILE }, push, groups: [blocks, blocks, 1] },
    ];
  },
  flops: ({ size }) => 2 * size ** 3,
  verify: ({ size }, { inputs, outputs }) => {
    const { a, b } = inputs as { a: Float32Array; b: Float32Array };
    const c = outputs.c as Float32Array;
    return allOf(freivalds(size, a, b, c), ...sampledRows(size).map((row) => compareRow(size, row, a, b, c)));
  },
});

type Numbers = ArrayLike<number>;

/** Integers of −3…3: every partial sum of a product up to size 2^20 is then exact in fp32, in any order. */
function fillSmall(into: { [index: number]: number; readonly length: number }, random: () => number): void {
  for (let i = 0; i < into.length; i++) into[i] = Math.floor(random() * 7) - 3;
}

/**
 * Freivalds' check (R. Freivalds, 1977) of the whole product in O(size²): C r = A (B r). With weights
 * that differ for every column it is exact here, because everything is an integer below 2^53.
 */
function freivalds(size: number, a: Numbers, b: Numbers, c: Numbers): ReturnType<typeof compareElements> {
  const weights = Float64Array.from({ length: size }, (_, i) => 1 + ((i * 7919) % 1009));
  const expected = times(size, a, times(size, b, weights));
  return compareElements('C r', times(size, c, weights), (i) => expected[i] as number);
}

function times(size: number, matrix: Numbers, vector: Numbers): Float64Array {
  const result = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    let sum = 0;
    for (let column = 0; column < size; column++) {
      sum += (matrix[row * size + column] as number) * (vector[column] as number);
    }
    result[row] = sum;
  }
  return result;
}

function sampledRows(size: number): readonly number[] {
  return Array.from({ length: SAMPLED_ROWS }, (_, i) => Math.floor((i * (size - 1)) / (SAMPLED_ROWS - 1)));
}

function compareRow(
  size: number,
  row: number,
  a: Numbers,
  b: Numbers,
  c: Float32Array,
): ReturnType<typeof compareElements> {
  const expected = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    const factor = a[row * size + k] as number;
    for (let column = 0; column < size; column++) {
      expected[column] = (expected[column] as number) + factor * (b[k * size + column] as number);
    }
  }
  const actual = c.subarray(row * size, (row + 1) * size);
  return compareElements(`C row ${row}`, actual, (column) => expected[column] as number);
}
