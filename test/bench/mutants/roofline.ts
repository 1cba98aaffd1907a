// Mistakes in the kernel of the roofline.
import type { Mutant } from '../mutant.ts';

const caught = 'roofline[n=6Ki,fmas=100]';

const mutants: readonly Mutant[] = [
  { kernel: 'roofline', replace: ['{ FMA_4 }', '{ FMA_2 }'], caught },
  { kernel: 'roofline', replace: ['turn < turns', 'turn + 1u < turns'], caught },
  { kernel: 'roofline', replace: ['x1 = fma(va, x1, vb)', 'x1 = fma(va, x0, vb)'], caught },
  { kernel: 'roofline', replace: ['y[at + WORKGROUP_SIZE] = x1', 'y[at + WORKGROUP_SIZE] = x2'], caught },
];
export default mutants;
