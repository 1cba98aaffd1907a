// Mistakes in the kernels that work in the memory of the CPU.
import type { Mutant } from '../mutant.ts';

const read = 'zero-copy-read[bytes=64Ki,WORKGROUP_SIZE=64]';
const write = 'zero-copy-write[bytes=64Ki,WORKGROUP_SIZE=64]';

const mutants: readonly Mutant[] = [
  { kernel: 'zero-copy-read', replace: ['uint count = n / 4u;', 'uint count = n / 4u - 1u;'], caught: read },
  { kernel: 'zero-copy-read', replace: ['7u * v.z', '7u * v.w'], caught: read },
  {
    kernel: 'zero-copy-write',
    replace: ['uint count = n / 4u;', 'uint count = n / 4u - 1u;'],
    caught: write,
  },
  { kernel: 'zero-copy-write', replace: ['2654435761u', '2654435769u'], caught: write },
];
export default mutants;
