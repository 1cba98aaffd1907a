// Mistakes in the kernel of a step of a breadth-first search.
import type { Mutant } from '../mutant.ts';

const kernel = 'bfs-step';
const caught = 'bfs-step[n=4Ki]';

const mutants: readonly Mutant[] = [
  { kernel, replace: ['edge < end', 'edge + 1u < end'], caught },
  { kernel, replace: ['= neighbour;', '= neighbour ^ 1u;'], caught },
  {
    kernel,
    replace: ['(before & bit) == 0u', '(before & bit) == 0u && before != 0u && (edge & 63u) > 0u'],
    caught,
  },
  {
    kernel,
    replace: ['atomicOr(seen[neighbour >> 5], bit)', 'atomicOr(seen[neighbour >> 5], bit << 1)'],
    caught,
  },
];
export default mutants;
