// Mistakes in the kernels of the sparse matrix times a vector.
import type { Mutant } from '../mutant.ts';

const scalar = 'spmv-scalar[rows=1Ki]';
const vector = 'spmv-vector[rows=1Ki]';

const mutants: readonly Mutant[] = [
  { kernel: 'spmv-scalar', replace: ['i < end', 'i + 1u < end'], caught: scalar },
  { kernel: 'spmv-scalar', replace: ['x[columns[i]]', 'x[columns[i] ^ 1u]'], caught: scalar },
  {
    kernel: 'spmv-scalar',
    replace: ['x[columns[i]]', 'x[columns[i]] * 1.001'],
    caught: 'spmv-scalar[rows=1Ki,banded=1]',
  },
  { kernel: 'spmv-vector', replace: ['k < LANES', 'k < LANES - 1u'], caught: vector },
  { kernel: 'spmv-vector', replace: ['starts[row] + inRow', 'starts[row]'], caught: vector },
  { kernel: 'spmv-vector', replace: ['i < end', 'i + 1u < end'], caught: 'spmv-vector[rows=1Ki,banded=1]' },
];
export default mutants;
