// Mistakes in the kernels of the reductions.
import type { Mutant } from '../mutant.ts';

const sum = 'reduce-sum[n=4Ki]';
const subgroup = 'reduce-subgroup[n=4Ki]';
const atomic = 'reduce-atomic[n=4Ki]';
const f32 = 'reduce-f32[n=4Ki]';

const mutants: readonly Mutant[] = [
  { kernel: 'reduce-sum', replace: ['width > 0u', 'width > 1u'], caught: sum },
  { kernel: 'reduce-sum', replace: ['sum.z + sum.w', 'sum.z'], caught: sum },
  { kernel: 'reduce-sum', replace: ['uint count = n / 4u;', 'uint count = n / 4u - 1u;'], caught: sum },
  {
    kernel: 'reduce-subgroup',
    replace: ['i += gl_SubgroupSize', 'i += 2u * gl_SubgroupSize'],
    caught: subgroup,
  },
  { kernel: 'reduce-subgroup', replace: ['i < count', 'i < count - 1u'], caught: subgroup },
  { kernel: 'reduce-subgroup', replace: ['partial[gl_SubgroupID]', 'partial[0]'], caught: subgroup },
  { kernel: 'reduce-atomic', replace: ['i < count', 'i + 1u < count'], caught: atomic },
  { kernel: 'reduce-atomic', replace: ['atomicAdd(total[0], ', 'total[0] += (0u, '], caught: atomic },
  { kernel: 'reduce-f32', replace: ['uint count = n / 4u;', 'uint count = n / 4u - 1u;'], caught: f32 },
  { kernel: 'reduce-f32', replace: ['(sum.z + sum.w)', '(sum.z + sum.z)'], caught: f32 },
  { kernel: 'reduce-f32', replace: ['width > 0u', 'width > 1u'], caught: f32 },
];
export default mutants;
