// Mistakes in the kernel of the bit operations.
import type { Mutant } from '../mutant.ts';

const least = 'invocations=4Ki,loops=4,chains=4,WORKGROUP_SIZE=64';

const mutants: readonly Mutant[] = [
  {
    kernel: 'bit-ops-count',
    replace: ['i < loops', 'i + 1u < loops'],
    caught: `bit-ops-count[${least}]`,
  },
  {
    kernel: 'bit-ops-reverse',
    replace: ['{ EACH_4(STEP) }', '{ EACH(STEP) EACH(STEP) EACH(STEP) }'],
    caught: `bit-ops-reverse[${least}]`,
  },
  {
    kernel: 'bit-ops-find-lsb',
    replace: ['seeds[gl_GlobalInvocationID.x & 255u]', 'seeds[gl_GlobalInvocationID.x & 127u]'],
    caught: `bit-ops-find-lsb[${least}]`,
  },
  {
    kernel: 'bit-ops-find-msb',
    replace: ['SUM_OF(x2) + SUM_OF(x3)', 'SUM_OF(x2)'],
    caught: `bit-ops-find-msb[${least}]`,
  },
  {
    kernel: 'bit-ops-mix',
    replace: ['x << 13', 'x << 12'],
    caught: `bit-ops-mix[${least}]`,
  },
];
export default mutants;
