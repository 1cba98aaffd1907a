// Mistakes in the kernel of the matrix-vector product.
import type { Mutant } from '../mutant.ts';

const caught = 'gemv[rows=7,columns=260,WORKGROUP_SIZE=32]';

const mutants: readonly Mutant[] = [
  { kernel: 'gemv', replace: ['partial[lane] = value;\n  barrier();', 'partial[lane] = value;'], caught },
  { kernel: 'gemv', replace: ['i += WORKGROUP_SIZE', 'i += WORKGROUP_SIZE + 1u'], caught },
  { kernel: 'gemv', replace: ['width > 0u', 'width > 1u'], caught },
];
export default mutants;
