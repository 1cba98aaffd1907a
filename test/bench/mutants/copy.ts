// Mistakes in the kernel of a plain copy.
import type { Mutant } from '../mutant.ts';

const caught = 'copy[n=4Ki]';

const mutants: readonly Mutant[] = [
  { kernel: 'copy', replace: ['uint count = n / 4u;', 'uint count = n / 4u - 1u;'], caught },
  { kernel: 'copy', replace: ['y[i] = x[i]', 'y[i] = x[i ^ 1u]'], caught },
];
export default mutants;
