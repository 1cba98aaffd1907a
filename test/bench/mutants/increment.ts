// Mistakes in the smallest kernel.
import type { Mutant } from '../mutant.ts';

const kernel = 'increment';
const caught = 'submit-dispatch';

const mutants: readonly Mutant[] = [
  { kernel, replace: ['+= 1u', '+= 2u'], caught },
  { kernel, replace: ['counter[0] += 1u;', 'if (gl_NumWorkGroups.x > 1u) counter[0] += 1u;'], caught },
];
export default mutants;
