// Mistakes in the three kernels of the radix sort: some leave the keys out of order, some only equal ones.
import type { Mutant } from '../mutant.ts';

const caught = 'radix-sort[n=5000]';
/** Two tiles in each of three parts. */
const twoTiles = 'radix-sort[n=10000,groups=3]';
const pairs = 'radix-sort-pairs[n=5000]';
const scatter = 'radix-sort-scatter-keys';

const mutants: readonly Mutant[] = [
  { kernel: 'radix-sort-count', replace: ['>> shift) & 255u', '>> shift) & 127u'], caught },
  { kernel: 'radix-sort-count', replace: ['i < end', 'i + 1u < end'], caught },
  { kernel: 'radix-sort-scan', replace: ['= before + offset', '= before'], caught },
  { kernel: 'radix-sort-scan', replace: ['= before;', '= before + 1u;'], caught },
  { kernel: scatter, replace: ['rank(lane, shift + 4u,', 'rank(lane, shift + 3u,'], caught },
  { kernel: scatter, replace: ['before += total << 16;', ''], caught },
  {
    kernel: scatter,
    replace: ['offsets[digit] += i + 1u - starts[digit]', 'offsets[digit] += 0u'],
    caught: twoTiles,
  },
  {
    kernel: 'radix-sort-scatter-pairs',
    replace: ['sortedValues[to] = value[k]', 'sortedValues[to] = value[k ^ 1u]'],
    caught: pairs,
  },
];
export default mutants;
