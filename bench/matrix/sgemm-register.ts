// The matrix product as GPUs want it: register tiles, vec4 loads, the next slab fetched while one is used.
import { defineBenchmark } from 'guestmark';
import { registerTilesProblem, registerTilesWork } from '../parts/register-tiles.ts';
import { SGEMM, slowProduct, VERIFICATION_F32 } from '../parts/square-product.ts';

export default defineBenchmark<'size' | 'ROWS' | 'COLUMNS' | 'BLOCK_K'>({
  ...SGEMM,
  name: 'sgemm-register',
  summary: 'Single-precision matrix product C = A B, register tiles, two slabs in shared memory in turn',
  explanation: {
    method:
      'A workgroup of 256 invocations computes 16 ROWS × 16 COLUMNS elements of C. Slabs of A (transposed) and B, BLOCK_K deep, lie in shared memory, two of each: the next is fetched into registers while one is used. An invocation reads ROWS / 4 + COLUMNS / 4 vec4 for ROWS × COLUMNS multiply-adds.',
    limit:
      'On a GPU the fp32 pipelines: 8 × 8 should come near the peak of fma-f32 where 128 registers an invocation leave enough workgroups on a compute unit; 4 × 4 is limited by shared memory. Small sizes leave compute units idle. On a software device shared memory is ordinary memory that every invocation reads by itself: see sgemm-subgroup.',
    verification: VERIFICATION_F32,
    sources: [
      'V. Volkov and J. W. Demmel, Benchmarking GPUs to tune dense linear algebra, 2008',
      'R. Freivalds, Probabilistic machines can use less running time, 1977',
    ],
  },
  axes: { size: [512], ROWS: [8], COLUMNS: [8], BLOCK_K: [16] },
  suites: {
    quick: { size: [256] },
    standard: { size: [512, 4096], COLUMNS: [4, 8] },
    full: { size: [256, 512, 1024, 2048, 4096], ROWS: [4, 8], COLUMNS: [4, 8], BLOCK_K: [16, 32] },
  },
  requires: registerTilesProblem,
  skips: (axes, device) => slowProduct(axes, device),
  work: (axes) => registerTilesWork('gemm-register-f32', axes),
});
