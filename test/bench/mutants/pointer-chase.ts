// Mistakes in the kernels that walk a random cycle.
import type { Mutant } from '../mutant.ts';

const chase = 'pointer-chase[bytes=4Ki,hops=64]';
const scalar = 'pointer-chase-scalar[bytes=4Ki,hops=64]';
const chains = 'chase-chains[bytes=64Ki,WORKGROUP_SIZE=8,chains=3,hops=16]';
const table = 'shared-latency[bytes=1Ki,hops=64]';

const mutants: readonly Mutant[] = [
  {
    kernel: 'pointer-chase-vector',
    replace: ['#define HOPS_4 HOP HOP HOP HOP', '#define HOPS_4 HOP HOP HOP'],
    caught: chase,
  },
  { kernel: 'pointer-chase-vector', replace: ['i < loops', 'i + 1u < loops'], caught: chase },
  { kernel: 'pointer-chase-scalar', replace: ['uint x = at[LANE];', 'uint x = next[0];'], caught: scalar },
  {
    kernel: 'chase-chains',
    replace: ['if (CHAINS > c) x = next[x]', 'if (CHAINS > c + 1u) x = next[x]'],
    caught: chains,
  },
  { kernel: 'chase-chains', replace: ['HOPS_4 HOPS_4 }', 'HOPS_4 }'], caught: chains },
  { kernel: 'shared-latency', replace: ['= next[i];', '= next[i ^ 1u];'], caught: table },
  { kernel: 'shared-latency', replace: ['i < loops', 'i + 1u < loops'], caught: table },
  { kernel: 'shared-latency', replace: ['HOPS_16 HOPS_16 }', 'HOPS_16 HOPS_4 }'], caught: table },
];
export default mutants;
