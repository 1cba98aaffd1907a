// Mistakes in the kernels of the two histograms.
import type { Mutant } from '../mutant.ts';

const inShared = 'histogram-shared[n=1Ki]';
const inGlobal = 'histogram-global[n=1Ki]';

const mutants: readonly Mutant[] = [
  { kernel: 'histogram-shared', replace: ['(word >> 16) & 255u', '(word >> 16) & 127u'], caught: inShared },
  { kernel: 'histogram-shared', replace: ['i < n', 'i + 1u < n'], caught: inShared },
  { kernel: 'histogram-shared', replace: ['own[bin] = 0u', 'own[bin] = bin'], caught: inShared },
  { kernel: 'histogram-global', replace: ['word >> 24', 'word >> 25'], caught: inGlobal },
  { kernel: 'histogram-global', replace: ['i < n', 'i + 1u < n'], caught: inGlobal },
];
export default mutants;
