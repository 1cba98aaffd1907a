// Mistakes in the kernels of shared memory: among them barriers that are left out.
import type { Mutant } from '../mutant.ts';

const narrow = 'shared-bandwidth-f32[invocations=512,loops=3]';
const wide = 'shared-bandwidth-vec4[invocations=512,loops=3]';
const banks = 'shared-banks[invocations=512,stride=3,loops=3]';
const barrier = 'barrier[groups=2,WORKGROUP_SIZE=64,loops=2]';

const mutants: readonly Mutant[] = [
  {
    kernel: 'shared-bandwidth-f32',
    replace: ['EACH(WRITE_LOW)\n    barrier();', 'EACH(WRITE_LOW)'],
    caught: narrow,
  },
  { kernel: 'shared-bandwidth-f32', replace: ['i < loops', 'i + 1u < loops'], caught: narrow },
  {
    kernel: 'shared-bandwidth-f32-vec4',
    replace: ['EACH(WRITE_HIGH)\n    barrier();', 'EACH(WRITE_HIGH)'],
    caught: wide,
  },
  {
    kernel: 'shared-bandwidth-f32-vec4',
    replace: ['lane + 1u == WORKGROUP_SIZE ? 0u', 'lane + 1u == WORKGROUP_SIZE ? lane'],
    caught: wide,
  },
  { kernel: 'shared-banks', replace: ['(lane * stride)', '(lane * (stride + 1u))'], caught: banks },
  { kernel: 'shared-banks', replace: ['READ_4(12u)', 'READ_4(8u)'], caught: banks },
  { kernel: 'shared-banks', replace: ['(at + 5u)', '(at + 4u)'], caught: banks },
  { kernel: 'barrier', replace: ['half[lane] = x; barrier();', 'half[lane] = x;'], caught: barrier },
  { kernel: 'barrier', replace: ['PASS(low) PASS(high)', 'PASS(low) PASS(low)'], caught: barrier },
  { kernel: 'barrier', replace: ['i < loops', 'i + 1u < loops'], caught: barrier },
];
export default mutants;
