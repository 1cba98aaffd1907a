// Mistakes in the kernels for matrix units. The tile is the one that Mesa's newer software devices list.
import type { Mutant } from '../mutant.ts';

const tile = 'M=8,N=8,K=8';
const peak = 'coopmat-f16-f32';
const half = 'coopmat-f16-f16';
const staged = 'hgemm-coopmat-f16-f32';
const direct = 'hgemm-coopmat-direct-f16-f32';
const ofPeak = `${peak}[${tile},chains=4,loops=3,groups=2]`;
const ofHalf = `${half}[${tile},chains=8,loops=3,groups=2]`;
const block = 'TILE_M=64,TILE_N=64,TILE_K=16,SUBGROUP_SIZE=8';
const ofStaged = `${staged}[size=128,${tile},${block}]`;
const ofSingle = `${staged}[size=128,${tile},${block},STAGES=1]`;
const ofDirect = `${direct}[size=128,${tile},WORKGROUP_SIZE=32,SUBGROUP_SIZE=8]`;

const second = 'hgemm-coopmat2-subgroup-f16-f32';
const ofSecond = `${second}[size=128,TILE_M=32,TILE_N=32,TILE_K=16,WORKGROUP_SIZE=8]`;

const mutants: readonly Mutant[] = [
  { kernel: peak, replace: ['i < loops', 'i + 1u < loops'], caught: ofPeak },
  { kernel: peak, replace: ['EACH EACH EACH EACH', 'EACH EACH EACH'], caught: ofPeak },
  { kernel: peak, replace: ['uint(c) * K * N : 0u', '0u : 0u'], caught: ofPeak },
  { kernel: half, replace: ['{ STEP(2) STEP(3) }', '{ STEP(2) }'], caught: ofHalf },
  { kernel: half, replace: ['SUM(tile & 3u)', 'SUM(tile & 1u)'], caught: ofHalf },
  { kernel: staged, replace: ['else stage ^= 1u;', 'else stage ^= 0u;'], caught: ofStaged },
  { kernel: staged, replace: ['next <= slabs', 'next < slabs'], caught: ofStaged },
  { kernel: staged, replace: ['j * N / PACK, B_STRIDE', 'j * N / PACK, B_ROW'], caught: ofStaged },
  {
    kernel: staged,
    replace: ['if (STAGES == 1u) barrier();', 'if (STAGES == 1u) stage = 0u;'],
    caught: ofSingle,
  },
  { kernel: direct, replace: ['depth = 0u; depth < size', 'depth = K; depth < size'], caught: ofDirect },
  {
    kernel: direct,
    replace: ['firstColumn + j * N, size);\n      [[unroll]]', 'firstColumn, size);\n      [[unroll]]'],
    caught: ofDirect,
  },
  { kernel: second, replace: ['depth = 0u; depth < size', 'depth = TILE_K; depth < size'], caught: ofSecond },
  { kernel: second, replace: ['min(BAND, rows - firstRow)', 'BAND'], caught: ofSecond },
];
export default mutants;
