// Mistakes in the kernel of SHA-256.
import type { Mutant } from '../mutant.ts';

const caught = 'sha256[invocations=1Ki,loops=2,WORKGROUP_SIZE=64]';
const kernel = 'sha256';

const mutants: readonly Mutant[] = [
  { kernel, replace: ['i < count', 'i + 1u < count'], caught },
  { kernel, replace: ['0x428A2F98u', '0x428A2F99u'], caught },
  { kernel, replace: ['w[5] = second.x;', ''], caught },
  {
    kernel,
    replace: ['0u, 256u)', '0u, 255u)'],
    caught: 'sha256-double[invocations=1Ki,loops=2,WORKGROUP_SIZE=64]',
  },
];
export default mutants;
