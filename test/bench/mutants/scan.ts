// Mistakes in the three kernels of the prefix sum; 12 Ki integers are three parts, the last of them whole.
import type { Mutant } from '../mutant.ts';

const caught = 'scan[n=12Ki]';
const manyTiles = 'scan[n=20Ki,groups=2]';

const mutants: readonly Mutant[] = [
  { kernel: 'scan-reduce', replace: ['width > 0u', 'width > 1u'], caught },
  { kernel: 'scan-reduce', replace: ['i < end', 'i < end - 1u'], caught },
  { kernel: 'scan-sums', replace: ['before + offset.x', 'before + offset.x + 1u'], caught },
  { kernel: 'scan-sums', replace: ['if (i < count)', 'if (i + 2u < count)'], caught },
  { kernel: 'scan-sums', replace: ['width < WORKGROUP_SIZE', 'width < 2u'], caught },
  { kernel: 'scan-blocks', replace: ['width < WORKGROUP_SIZE', 'width < WORKGROUP_SIZE / 2u'], caught },
  { kernel: 'scan-blocks', replace: ['before += sumOf(total)', 'before += total.x'], caught: manyTiles },
  { kernel: 'scan-blocks', replace: ['before + total.x + offset.y', 'before + offset.y'], caught },
];
export default mutants;
