// Mistakes in the kernel of gravity between all pairs.
import type { Mutant } from '../mutant.ts';

const kernel = 'n-body';
const caught = 'n-body[n=1Ki,BODIES=2,WORKGROUP_SIZE=64]';
const second = `    a0 += s0; a1 += s1; a2 += s2; a3 += s3;
    barrier();`;

const mutants: readonly Mutant[] = [
  // Without the first barrier bodies are read that no one has loaded yet.
  {
    kernel,
    replace: ['tile[lane] = bodies[start + lane];\n    barrier();', 'tile[lane] = bodies[start + lane];'],
    caught,
  },
  // Without the second one bodies are loaded while others are still read.
  { kernel, replace: [second, second.replace('\n    barrier();', '')], caught },
  { kernel, replace: ['start < n;', 'start + WORKGROUP_SIZE < n;'], caught },
  { kernel, replace: ['fma(d.z, d.z, eps)', 'fma(d.z, d.z, 1.001 * eps)'], caught },
];
export default mutants;
