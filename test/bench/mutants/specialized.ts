// Mistakes in the kernel whose pipelines are timed: a lost loop, and a step of another kind.
import type { Mutant } from '../mutant.ts';

const caught = 'pipeline-creation[cache=0,size=1,dispatch=1]';

const mutants: readonly Mutant[] = [
  { kernel: 'specialized-small', replace: ['i < loops', 'i + 1u < loops'], caught },
  { kernel: 'specialized-small', replace: ['x >> 15', 'x >> 14'], caught },
  {
    kernel: 'specialized-void',
    replace: ['result[gl_GlobalInvocationID.x] += x', 'result[gl_GlobalInvocationID.x] += x | 1u'],
    caught: 'pipeline-creation[cache=1,size=0,dispatch=0]',
  },
];
export default mutants;
