// The matrix product in half precision without matrix units: what packed fp16 arithmetic gives, and what it costs to sum
// in single precision.
import { type Benchmark, defineBenchmark, type Elements } from 'guestmark';
import { compareHalfProduct, halfOperand } from '../parts/half-product.ts';
import { registerTilesProblem, registerTilesWork } from '../parts/register-tiles.ts';
import { productFlops, slowProduct } from '../parts/square-product.ts';
import { atMost, firstOf } from '../parts/workgroup.ts';

/** Integers up to 2048 are exact in fp16, and so are sums of so many times −1, 0 or 1; twice as many all but certainly. */
const MOST_F16_TERMS = 4096;
/** Integers up to here are exact in fp32. */
const MOST_F32_TERMS = 2 ** 24;

/** With sums of fp32 the inputs are the same. */
const OPERAND = halfOperand({ inputs: 'f16', sums: 'f16' });

interface Variant {
  readonly name: string;
  readonly kernel: string;
  readonly sums: 'f16' | 'f32';
  readonly method: string;
  readonly limit: string;
  readonly verification: string;
  readonly sources: readonly string[];
  readonly mostTerms: number;
}

function hgemm(variant: Variant): Benchmark {
  const { name, kernel, sums, method, limit, verification, sources, mostTerms } = variant;
  return defineBenchmark<'size' | 'ROWS' | 'COLUMNS' | 'BLOCK_K'>({
    name,
    summary: `Half-precision matrix product C = A B without matrix units, sums and C in ${sums === 'f16' ? 'fp16' : 'fp32'}`,
    kind: 'throughput',
    category: 'matrix',
    explanation: {
      method: `The kernel of sgemm-register with fp16 in memory and in shared memory. ${method}`,
      limit,
      verification: `A and B hold -1, 0 and 1. ${verification} Freivalds’ identity looks at every element, and four rows are compared one by one. C is poisoned first.`,
      sources: ['R. Freivalds, Probabilistic machines can use less running time, 1977', ...sources],
    },
    axes: { size: [256], ROWS: [8], COLUMNS: [8], BLOCK_K: [16] },
    suites: {
      standard: { size: [512, 4096] },
      full: { size: [256, 1024, 4096], ROWS: [4, 8], COLUMNS: [4, 8], BLOCK_K: [16, 32] },
    },
    needs: ['shaderFloat16', 'storageBuffer16BitAccess'],
    requires: (axes) =>
      firstOf(
        registerTilesProblem(axes),
        atMost('size', axes.size, mostTerms, `sums in ${sums} may not be exact`),
      ),
    skips: (axes, device) => slowProduct(axes, device),
    buffers: {
      a: OPERAND,
      b: OPERAND,
      // Sums in fp16 fill half of it.
      c: { type: 'f32', elements: ({ size }) => size * size, fill: 'poison' },
    },
    work: (axes) => registerTilesWork(kernel, axes),
    // The compulsory traffic: A, B and C once.
    bytes: ({ size }) => (4 + (sums === 'f16' ? 2 : 4)) * size ** 2,
    flops: productFlops,
    flopType: sums,
    verify: ({ size }, { inputs, outputs }) => {
      const { a, b, c } = { ...inputs, c: outputs.c } as Record<'a' | 'b' | 'c', Elements>;
      const halves = new Uint16Array(c.buffer, c.byteOffset, size * size);
      return compareHalfProduct({ size }, { inputs: 'f16', sums }, { a, b, c: sums === 'f16' ? halves : c });
    },
  });
}

export default [
  hgemm({
    name: 'hgemm',
    kernel: 'gemm-register-f16',
    sums: 'f16',
    method: 'Sums are f16vec4, two packed multiply-adds each, and C is fp16.',
    limit:
      'On a GPU with packed fp16 (two a lane and cycle) the fp16 pipelines, at most twice sgemm-register. On a software device fp16 is emulated by conversions.',
    verification:
      'Up to a size of 2048 every partial sum is an integer of at most 2048 and so exact in fp16; beyond, a partial sum could leave that range with a probability below 2 exp(-2^21 / size), Hoeffding’s bound, which is below 10^-200 at 4096.',
    sources: ['W. Hoeffding, Probability inequalities for sums of bounded random variables, 1963'],
    mostTerms: MOST_F16_TERMS,
  }),
  hgemm({
    name: 'hgemm-mixed',
    kernel: 'gemm-register-f16-f32',
    sums: 'f32',
    method: 'The factors are converted, and sums and C are fp32.',
    limit:
      'On a GPU the fp32 pipelines and the conversions. On a software device the conversions, which it emulates.',
    verification: 'Every partial sum is an integer below 2^24 and so exact in fp32.',
    sources: [],
    mostTerms: MOST_F32_TERMS,
  }),
];
