// Mistakes in the kernel of option prices.
import type { Mutant } from '../mutant.ts';

const kernel = 'black-scholes';
const caught = 'black-scholes[n=4Ki,WORKGROUP_SIZE=64]';

const mutants: readonly Mutant[] = [
  { kernel, replace: ['0.2316419', '0.2317419'], caught },
  { kernel, replace: ['i < n', 'i + 1u < n'], caught },
  { kernel, replace: ['d > 0.0 ?', 'd > 0.1 ?'], caught },
];
export default mutants;
