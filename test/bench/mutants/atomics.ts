// Mistakes in the kernels of atomics: among them additions that are not atomic.
import type { Mutant } from '../mutant.ts';

const global = 'atomic-add[invocations=512,sharers=512,loops=2]';
const float = 'atomic-add-f32[invocations=512,sharers=256,loops=2]';
const joined = 'atomic-add-subgroup[invocations=512,sharers=512,loops=2]';
const shared = 'atomic-add-shared[invocations=512,sharers=64,loops=2]';
const cas = 'atomic-cas[invocations=512,sharers=512,loops=2]';
const sharedCas = 'atomic-cas-shared[invocations=512,sharers=64,loops=2]';

const mutants: readonly Mutant[] = [
  {
    kernel: 'atomic-add-global-u32',
    replace: ['#define ADD atomicAdd(sums[at], value);', '#define ADD sums[at] += value;'],
    caught: global,
  },
  { kernel: 'atomic-add-global-f32', replace: ['ADD_4 ADD_4 }', 'ADD_4 ADD }'], caught: float },
  {
    kernel: 'atomic-add-subgroup-u32',
    replace: ['if (subgroupElect()) atomicAdd(sums[at], all);', 'atomicAdd(sums[at], all);'],
    caught: joined,
  },
  {
    kernel: 'atomic-add-shared-u32',
    replace: ['#define ADD atomicAdd(own[at], value);', '#define ADD own[at] += value;'],
    caught: shared,
  },
  {
    kernel: 'atomic-add-shared-u32',
    replace: ['barrier();\n  if (gl_LocalInvocationID.x % sharers', 'if (gl_LocalInvocationID.x % sharers'],
    caught: shared,
  },
  {
    kernel: 'atomic-cas-global',
    replace: ['cells[at], i + k, i + k + 1u', 'cells[at], i + k, i + k + 2u'],
    caught: cas,
  },
  { kernel: 'atomic-cas-global', replace: ['TRY(6u) TRY(7u)', 'TRY(6u)'], caught: cas },
  {
    kernel: 'atomic-cas-shared',
    replace: ['uint at = gl_LocalInvocationID.x / sharers;', 'uint at = gl_LocalInvocationID.x;'],
    caught: sharedCas,
  },
];
export default mutants;
