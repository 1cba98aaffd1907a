// Mistakes in the kernel of layer normalization.
import type { Mutant } from '../mutant.ts';

const caught = 'layer-norm[rows=5,columns=520,WORKGROUP_SIZE=64]';

const mutants: readonly Mutant[] = [
  {
    kernel: 'layer-norm',
    replace: ['  partial[lane] = value;\n  barrier();', '  partial[lane] = value;'],
    caught,
  },
  { kernel: 'layer-norm', replace: ['ownSquares += total', 'ownSquares = total'], caught },
  { kernel: 'layer-norm', replace: [' + EPSILON', ''], caught },
];
export default mutants;
