// How a matrix product C = A B is checked, whatever computed it: its factors are small integers, whose sums are exact in
// any order (at most k largest²: below 2^24 in fp32, up to 2048 in fp16), and an identity that looks at every element in less time than the product takes.
import { allOf, compareElements, type Verification } from 'guestmark';
import { sampledIndices } from './sampled-indices.ts';

type Numbers = ArrayLike<number>;

/** A (m × k), B (k × n) and C (m × n), all row by row, as numbers. */
export interface MatrixProduct {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: Numbers;
  readonly b: Numbers;
  readonly c: Numbers;
}

/** Rows that are compared element by element, beside the check of the whole product. */
const SAMPLED_ROWS = 4;
/** Weights of the identity have at most so many bits. */
const WEIGHT_BITS = 20;
/** Integers up to here are exact in binary64. */
const EXACT = 2 ** 53;

/** Every element by Freivalds' identity, and the elements of four rows one by one. For integers only. */
export function compareProduct(product: MatrixProduct): Verification {
  const rows = sampledIndices(product.m, SAMPLED_ROWS);
  return allOf(freivalds(product), ...rows.map((row) => compareRow(product, row)));
}

/**
 * Freivalds' check (R. Freivalds, 1977) of the whole product in O(size²): C r = A (B r). With integers it is exact here:
 * the weights r are hashed, so that no simple rearrangement of columns cancels, and small enough that every sum stays
 * below 2^53.
 */
export function freivalds({ m, n, k, a, b, c }: MatrixProduct): Verification {
  const most = Math.floor(EXACT / (n * k * largestOf(a) * largestOf(b) + 1));
  const mask = 2 ** Math.max(1, Math.min(WEIGHT_BITS, Math.floor(Math.log2(most)))) - 1;
  const weights = Float64Array.from({ length: n }, (_, column) => spread(column + 1) & mask);
  const expected = times(m, k, a, times(k, n, b, weights));
  return compareElements('C r', times(m, n, c, weights), (row) => expected[row] as number);
}

/** One row of C against sums in binary64: exact for integers, and for reals as far as the caller says. */
export function compareRow({ n, k, a, b, c }: MatrixProduct, row: number): Verification {
  const expected = new Float64Array(n);
  for (let index = 0; index < k; index++) {
    const factor = a[row * k + index] as number;
    for (let column = 0; column < n; column++) {
      expected[column] = (expected[column] as number) + factor * (b[index * n + column] as number);
    }
  }
  const actual = Float64Array.from(expected, (_, column) => c[row * n + column] as number);
  return compareElements(`C row ${row}`, actual, (column) => expected[column] as number);
}

/** A matrix of so many rows and columns times a vector. */
export function times(rows: number, columns: number, matrix: Numbers, vector: Numbers): Float64Array {
  const result = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      sum += (matrix[row * columns + column] as number) * (vector[column] as number);
    }
    result[row] = sum;
  }
  return result;
}

function largestOf(values: Numbers): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i] as number));
  return largest;
}

/** The finalizer of MurmurHash3 (A. Appleby, public domain). */
function spread(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
