// Mistakes in the operations of subgroups, one of each.
import type { Mutant } from '../mutant.ts';

const small = (operation: string): string =>
  `subgroup-${operation}[invocations=128,loops=3,WORKGROUP_SIZE=64]`;

const alone = 'subgroup-shuffle-latency[loops=3]';

const mutants: readonly Mutant[] = [
  { kernel: 'subgroup-shuffle', replace: ['? 0u : loops', '? 1u : loops'], caught: alone },
  { kernel: 'subgroup-reduce', replace: ['subgroupAdd(x)', 'subgroupMax(x)'], caught: small('reduce') },
  { kernel: 'subgroup-reduce', replace: ['i < turns', 'i + 1u < turns'], caught: small('reduce') },
  {
    kernel: 'subgroup-scan',
    replace: ['subgroupInclusiveAdd(x)', 'subgroupExclusiveAdd(x)'],
    caught: small('scan'),
  },
  {
    kernel: 'subgroup-shuffle',
    replace: ['(gl_SubgroupInvocationID + 1u)', '(gl_SubgroupInvocationID + 2u)'],
    caught: small('shuffle'),
  },
  { kernel: 'subgroup-ballot', replace: ['int(x) < 0', 'int(x) > 0'], caught: small('ballot') },
  {
    kernel: 'subgroup-ballot',
    replace: ['(gl_SubgroupID << 8)', '(0u << 8)'],
    caught: small('ballot'),
  },
  {
    kernel: 'subgroup-broadcast',
    replace: ['subgroupBroadcast(x, k)', 'subgroupBroadcastFirst(x)'],
    caught: small('broadcast'),
  },
];
export default mutants;
