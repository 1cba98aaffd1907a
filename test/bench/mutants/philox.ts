// Mistakes in the kernels that draw random numbers.
import type { Mutant } from '../mutant.ts';

const filled = 'philox[n=16Ki,WORKGROUP_SIZE=64]';
const estimate = 'monte-carlo-pi[invocations=4Ki,loops=4,WORKGROUP_SIZE=64]';

const mutants: readonly Mutant[] = [
  { kernel: 'philox', replace: ['uint count = n / 4u;', 'uint count = n / 4u - 1u;'], caught: filled },
  { kernel: 'philox', replace: ['counter.x += i;', 'counter.x += i + 1u;'], caught: filled },
  { kernel: 'philox', replace: ['philoxRound(x, key + 9u * WEYL);', ''], caught: filled },
  { kernel: 'monte-carlo-pi', replace: ['draw < loops', 'draw + 1u < loops'], caught: estimate },
  { kernel: 'monte-carlo-pi', replace: ['(word >> 16) + 1u', 'word >> 16'], caught: estimate },
];
export default mutants;
