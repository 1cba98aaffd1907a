// Mistakes in the kernels that read and write in other orders than one after the other, or again and again.
import type { Mutant } from '../mutant.ts';

const stride = 'stride[n=64Ki,stride=8]';
const misaligned = 'misaligned[n=16Ki,readOffset=3,writeOffset=1]';
const gather = 'gather[n=16Ki]';
const scatter = 'scatter[n=16Ki]';
const workingSet = 'working-set[bytes=48Ki,traffic=128Mi]';

const mutants: readonly Mutant[] = [
  { kernel: 'stride', replace: ['* stride +', '* (stride - 1u) +'], caught: stride },
  { kernel: 'stride', replace: ['position < n;', 'position + taken < n;'], caught: stride },
  { kernel: 'stride', replace: ['position + j * WORKGROUP_SIZE', 'position'], caught: stride },
  { kernel: 'misaligned-w1', replace: ['+ readOffset);', '+ readOffset + 1u);'], caught: misaligned },
  { kernel: 'misaligned-w1', replace: ['+ writeOffset, moved', '+ 0u, moved'], caught: misaligned },
  {
    kernel: 'misaligned-w4',
    replace: ['x[i + 3u]', 'x[i + 2u]'],
    caught: 'misaligned[n=16Ki,width=4]',
  },
  { kernel: 'gather', replace: ['x[at[j].w]', 'x[at[j].z]'], caught: gather },
  {
    kernel: 'gather',
    replace: ['take(pieceOf(walk.first));', 'if (walk.first != 1u) take(pieceOf(walk.first));'],
    caught: gather,
  },
  { kernel: 'scatter', replace: ['= moved[j].y;', '= moved[j].x;'], caught: scatter },
  { kernel: 'scatter', replace: ['y[at[j].w] = moved[j].w;', ''], caught: scatter },
  { kernel: 'working-set-w4', replace: ['pass < passes', 'pass + UNROLL < passes'], caught: workingSet },
  { kernel: 'working-set-w4', replace: ['block += hop;', ''], caught: workingSet },
  {
    kernel: 'working-set-w4',
    replace: ['block >= blocks) block -= blocks', 'block >= blocks) block = 0u'],
    caught: workingSet,
  },
  { kernel: 'working-set-w4', replace: ['gl_WorkGroupID.x % blocks', '0u'], caught: workingSet },
];
export default mutants;
