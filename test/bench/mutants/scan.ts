// Mistakes in the three kernels of the prefix sum; 12 Ki integers are three parts, the last of them whole.
import type { Mutant } from '../mutant.ts';

const caught = 'scan[n=12Ki]';
const twoTiles = 'scan[n=16Ki,groups=2]';

/** More parts than the square of the subgroup size. */
const manyParts = 'scan[n=512Ki]';

const mutants: readonly Mutant[] = [
  { kernel: 'scan-reduce', replace: ['width > 0u', 'width > 1u'], caught },
  { kernel: 'scan-reduce', replace: ['i < end', 'i < end - 1u'], caught },
  { kernel: 'scan-sums', replace: ['before + offset;', 'before + offset + 1u;'], caught },
  { kernel: 'scan-sums', replace: ['if (i < count)', 'if (i + 2u < count)'], caught },
  { kernel: 'scan-sums', replace: ['carry += subgroupAdd(own)', 'carry += own'], caught: manyParts },
  { kernel: 'scan-blocks', replace: ['= offset + own', '= offset'], caught },
  { kernel: 'scan-blocks', replace: ['before += sumOf(total)', 'before += total.x'], caught: twoTiles },
  { kernel: 'scan-blocks', replace: ['before + total.x + offset.y', 'before + offset.y'], caught },
];
export default mutants;
