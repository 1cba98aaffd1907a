// Mistakes in the kernel of attention.
import type { Mutant } from '../mutant.ts';

const caught = 'attention[n=104,heads=2,D=8,QUERIES=1,WORKGROUP_SIZE=32]';

/**
 * Every workgroup has another head, and all but the last rows read what other invocations load. Where a workgroup
 * follows one of its own head, a tile that is left from that one makes up for the one that comes too late.
 */
const late = 'attention[n=104,heads=8,D=32,QUERIES=1,WORKGROUP_SIZE=128]';

const mutants: readonly Mutant[] = [
  {
    kernel: 'attention',
    replace: ['loadTile(head, firstKey);\n    barrier();', 'loadTile(head, firstKey);'],
    caught: late,
  },
  { kernel: 'attention', replace: ['useTile();\n    barrier();', 'useTile();'], caught: late },
  { kernel: 'attention', replace: ['sum[own] *= correction;', ''], caught },
  { kernel: 'attention', replace: ['weighted[own][c] *= correction;', ';'], caught },
  { kernel: 'attention', replace: ['firstKey < n;', 'firstKey + KEYS < n;'], caught },
  { kernel: 'attention', replace: [') * scale;', ');'], caught },
  { kernel: 'attention', replace: ['v[(head * n + firstKey)', 'v[(firstKey)'], caught },
];
export default mutants;
