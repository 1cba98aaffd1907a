// Mistakes in the kernel of gravity between all pairs.
import type { Mutant } from '../mutant.ts';

const kernel = 'n-body';
const caught = 'n-body[n=1Ki,BODIES=2,WORKGROUP_SIZE=64]';
const second = `    a0 += s0; a1 += s1; a2 += s2; a3 += s3;
    barrier();`;

const mutants: readonly Mutant[] = [
  // Bodies are loaded while others are still read. (Without the barrier before, a workgroup may find the last tile of
  // the one before it, and then meets every body once all the same.)
  { kernel, replace: [second, second.replace('\n    barrier();', '')], caught },
  { kernel, replace: ['start < n;', 'start + WORKGROUP_SIZE < n;'], caught },
  { kernel, replace: ['fma(d.z, d.z, eps)', 'fma(d.z, d.z, 1.001 * eps)'], caught },
];
export default mutants;
