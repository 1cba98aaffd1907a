// Mistakes in the kernels of matrix products without matrix units. Sizes end within a block, so that the edges count.
import type { Mutant } from '../mutant.ts';

const naive = 'sgemm-naive[size=50]';
const tiled = 'sgemm-tiled[size=50,TILE=4]';
const register = 'sgemm-register[size=100,ROWS=8,COLUMNS=4]';
const half = 'hgemm[size=100,ROWS=4,COLUMNS=4]';
const mixed = 'hgemm-mixed[size=100,ROWS=4,COLUMNS=4]';
const subgroup = 'sgemm-subgroup[size=72,ROWS=8,SPANS=1,loadBits=128]';
const wide = 'sgemm-subgroup[size=72,ROWS=8,SPANS=1,loadBits=256]';

const mutants: readonly Mutant[] = [
  { kernel: 'sgemm-naive', replace: ['uint p = 0u', 'uint p = 1u'], caught: naive },
  { kernel: 'sgemm-naive', replace: ['column >= n', 'column >= n - 1u'], caught: naive },
  { kernel: 'sgemm-naive', replace: ['b[p * n + column]', 'b[p * n + (column ^ 1u)]'], caught: naive },

  {
    kernel: 'sgemm-tiled',
    replace: ['barrier();\n    for (uint p', 'for (uint p'],
    caught: tiled,
  },
  { kernel: 'sgemm-tiled', replace: ['slab += TILE', 'slab += 2u * TILE'], caught: tiled },
  { kernel: 'sgemm-tiled', replace: ['uint p = 0u', 'uint p = 1u'], caught: tiled },

  { kernel: 'gemm-register-f32', replace: ['barrier();\n  uint which', 'uint which'], caught: register },
  { kernel: 'gemm-register-f32', replace: ['    barrier();\n', ''], caught: register },
  { kernel: 'gemm-register-f32', replace: ['which = 1u - which;', ''], caught: register },
  { kernel: 'gemm-register-f32', replace: ['firstK += BLOCK_K', 'firstK += 2u * BLOCK_K'], caught: register },
  {
    kernel: 'gemm-register-f32',
    replace: ['place(ty + i * HIGH, p / 4u)', '(ty + i * HIGH)'],
    caught: register,
  },
  {
    kernel: 'gemm-register-f16',
    replace: ['more = firstK + BLOCK_K', 'more = firstK + 2u * BLOCK_K'],
    caught: half,
  },
  { kernel: 'gemm-register-f16', replace: ['right[j], sum[4u', 'right[j], -sum[4u'], caught: half },
  { kernel: 'gemm-register-f16-f32', replace: ['p < BLOCK_K', 'p < BLOCK_K - 1u'], caught: mixed },

  {
    kernel: 'sgemm-subgroup-128',
    replace: ['subgroupShuffle(left[i][h], r)', 'left[i][h]'],
    caught: subgroup,
  },
  { kernel: 'sgemm-subgroup-128', replace: ['& 7u', '& 3u'], caught: subgroup },
  { kernel: 'sgemm-subgroup-128', replace: ['firstK += DEPTH', 'firstK += 2u * DEPTH'], caught: subgroup },
  { kernel: 'sgemm-subgroup-256', replace: ['pair(packed.z), pair', 'pair(packed.w), pair'], caught: wide },
];
export default mutants;
