// Mistakes in the kernels of transpositions. The matrix ends within a tile.
import type { Mutant } from '../mutant.ts';

const naive = 'transpose-naive[size=70]';
const tiled = 'transpose-tiled[size=70]';

const mutants: readonly Mutant[] = [
  { kernel: 'transpose-naive', replace: ['y[column * rows + row]', 'y[row * rows + column]'], caught: naive },
  { kernel: 'transpose-naive', replace: ['column < columns', 'column < columns - 1u'], caught: naive },
  { kernel: 'transpose-tiled', replace: ['  barrier();\n', ''], caught: tiled },
  {
    kernel: 'transpose-tiled',
    replace: ['tile[tx * STRIDE + ty + i]', 'tile[(ty + i) * STRIDE + tx]'],
    caught: tiled,
  },
];
export default mutants;
