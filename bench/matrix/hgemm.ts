// The matrix product in half precision without matrix units: what packed fp16 arithmetic gives.
import { defineBenchmark, type Elements } from 'guestmark';
import { compareHalfProduct, halfOperand } from '../parts/half-product.ts';
import { registerTilesProblem, registerTilesWork } from '../parts/register-tiles.ts';
import { productFlops, slowProduct } from '../parts/square-product.ts';
import { atMost, firstOf, oneOf } from '../parts/workgroup.ts';

/** Integers up to here are exact in fp16, so sums of −1, 0 and 1 are. */
const MOST_TERMS = 2048;

/** With sums of fp32 the inputs are the same. */
const OPERAND = halfOperand({ inputs: 'f16', sums: 'f16' });

export default defineBenchmark<'size' | 'sumBits' | 'ROWS' | 'COLUMNS' | 'BLOCK_K'>({
  name: 'hgemm',
  summary: 'Half-precision matrix product C = A B without matrix units, sums in fp16 or fp32',
  kind: 'throughput',
  category: 'matrix',
  explanation: {
    method:
      'The kernel of sgemm-register with fp16 in memory and in shared memory. With sumBits = 16 sums are f16vec4, two packed multiply-adds each, and C is fp16; with 32 the factors are converted, and sums and C are fp32.',
    limit:
      'On a GPU with packed fp16 (two a lane and cycle) the fp16 pipelines, at most twice sgemm-register; with fp32 sums the fp32 pipelines and the conversions. On a software device fp16 is emulated by conversions.',
    verification:
      'A and B hold -1, 0 and 1. Up to a size of 2048 every partial sum is an integer of at most 2048 and so exact in fp16; beyond, a partial sum could leave that range with a probability below 2 exp(-2^21 / size), Hoeffding’s bound, which is below 10^-200 at 4096. Freivalds’ identity looks at every element, and four rows are compared one by one. C is poisoned first.',
    sources: [
      'R. Freivalds, Probabilistic machines can use less running time, 1977',
      'W. Hoeffding, Probability inequalities for sums of bounded random variables, 1963',
    ],
  },
  axes: { size: [256], sumBits: [16], ROWS: [8], COLUMNS: [8], BLOCK_K: [16] },
  suites: {
    standard: { size: [512, 4096], sumBits: [16, 32] },
    full: {
      size: [256, 1024, 4096],
      sumBits: [16, 32],
      ROWS: [4, 8],
      COLUMNS: [4, 8],
      BLOCK_K: [16, 32],
    },
  },
  needs: ['shaderFloat16', 'storageBuffer16BitAccess'],
  requires: (axes) =>
    firstOf(
      registerTilesProblem(axes),
      oneOf('sumBits', axes.sumBits, [16, 32]),
      atMost('size', axes.size, 2 * MOST_TERMS, 'sums in fp16 may not be exact'),
    ),
  skips: (axes, device) => slowProduct(axes, device),
  buffers: {
    a: OPERAND,
    b: OPERAND,
    // As fp16 half of it is used.
    c: { type: 'f32', elements: ({ size }) => size * size, fill: 'poison' },
  },
  work: (axes) =>
    registerTilesWork(axes.sumBits === 16 ? 'gemm-register-f16' : 'gemm-register-f16-f32', axes),
  // The compulsory traffic: A, B and C once.
  bytes: ({ size, sumBits }) => (4 + sumBits / 8) * size ** 2,
  flops: productFlops,
  flopType: 'f16',
  verify: ({ size, sumBits }, { inputs, outputs }) => {
    const { a, b, c } = { ...inputs, c: outputs.c } as Record<'a' | 'b' | 'c', Elements>;
    const halves = new Uint16Array(c.buffer, c.byteOffset, size * size);
    return sumBits === 16
      ? compareHalfProduct({ size }, { inputs: 'f16', sums: 'f16' }, { a, b, c: halves })
      : compareHalfProduct({ size }, { inputs: 'f16', sums: 'f32' }, { a, b, c });
  },
});
