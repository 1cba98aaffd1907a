// Mistakes in the packed dot products: a lost step, a lost iteration, saturation that wraps.
import type { Mutant } from '../mutant.ts';

const kernel = 'dot-i8-signed';
const caught = 'dot-i8-signed[invocations=256,loops=3,chains=4]';

const mutants: readonly Mutant[] = [
  { kernel, replace: ['i < loops', 'i + 1u < loops'], caught },
  { kernel, replace: ['EACH_16(STEP)', 'EACH_8(STEP) EACH_4(STEP)'], caught },
  { kernel, replace: ['{ F(x2) F(x3) }', '{ F(x2) }'], caught },
  {
    kernel: 'dot-i8-signed-saturating',
    replace: ['x = dotAccSat(x, factor, x, 0)', 'x += dotAccSat(x, factor, 0u, 0)'],
    caught: 'dot-i8-signed-saturating[invocations=256,loops=3,chains=8]',
  },
  {
    kernel: 'dot-i8-unsigned-saturating',
    replace: ['x = dotAccSat(x, factor, x, 0)', 'x += dotAccSat(x, factor, 0u, 0)'],
    caught: 'dot-i8-unsigned-saturating[invocations=256,loops=3,chains=1]',
  },
];
export default mutants;
