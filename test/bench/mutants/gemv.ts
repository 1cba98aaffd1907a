// Mistakes in the kernel of the matrix-vector product.
import type { Mutant } from '../mutant.ts';

const caught = 'gemv[rows=7,columns=260,WORKGROUP_SIZE=32]';

const mutants: readonly Mutant[] = [
  { kernel: 'gemv', replace: ['partialSum[id] = own;\n  barrier();', 'partialSum[id] = own;'], caught },
  { kernel: 'gemv', replace: ['i += WORKGROUP_SIZE', 'i += WORKGROUP_SIZE + 1u'], caught },
  { kernel: 'gemv', replace: ['step > 0u', 'step > 1u'], caught },
];
export default mutants;
