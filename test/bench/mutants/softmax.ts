// Mistakes in the kernel of softmax.
import type { Mutant } from '../mutant.ts';

const passes = 'softmax[rows=5,columns=520,ONLINE=0,WORKGROUP_SIZE=64]';
const online = 'softmax[rows=5,columns=520,ONLINE=1,WORKGROUP_SIZE=64]';

const mutants: readonly Mutant[] = [
  {
    kernel: 'softmax',
    replace: ['partial[lane] = value;\n  barrier();', 'partial[lane] = value;'],
    caught: passes,
  },
  { kernel: 'softmax', replace: ['return partialMaximum[0]', 'return 0.0'], caught: passes },
  {
    kernel: 'softmax',
    replace: ['partial[lane] += partial[lane + width]', 'partial[lane] += partial[width]'],
    caught: passes,
  },
  { kernel: 'softmax', replace: ['ownSum += total', 'ownSum = total'], caught: passes },
  { kernel: 'softmax', replace: ['ownSum * exp(ownMaximum - higher) +', 'ownSum +'], caught: online },
  { kernel: 'softmax', replace: ['ownSum *= exp(ownMaximum - maximum);', ''], caught: online },
];
export default mutants;
