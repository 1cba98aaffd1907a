// Mistakes in the kernels of multiply-add rates, and in the chains that they share.
import type { Mutant } from '../mutant.ts';

const FMA = 'fma-f32[invocations=256,loops=3,shape=0]';
const CYCLE = 'fma-f32[invocations=256,loops=3,shape=1]';
const MAD = 'mad-i32[invocations=256,loops=3,shape=0]';

const ONE_LOST = 'EACH_8(AFFINE) EACH_4(AFFINE) EACH(AFFINE) EACH(AFFINE) EACH(AFFINE)';
const ELEVENTH: Mutant['replace'] = ['F(x8) F(x9) F(x10) F(x11)', 'F(x8) F(x9) F(x11)'];

const mutants: readonly Mutant[] = [
  { kernel: 'fma-f32', replace: ['EACH_16(AFFINE)', ONE_LOST], caught: FMA },
  { kernel: 'fma-f32', replace: ['vb = -vb;', ''], caught: FMA },
  { kernel: 'fma-f32', replace: ['EACH_16(QUADRATIC)', 'if (i > 0u) { EACH_16(QUADRATIC) }'], caught: CYCLE },
  { kernel: 'fma-f32', replace: ['fma(v, v, vc)', 'fma(v, v, vc + 0.0001)'], caught: CYCLE },
  { kernel: 'fma-f32', replace: ELEVENTH, caught: FMA },
  {
    kernel: 'fma-f64',
    replace: ['fma(va, v, vb)', 'fma(va, v, vb + 1e-12)'],
    caught: 'fma-f64[invocations=256]',
  },
  {
    kernel: 'fma-f16-vec2',
    replace: ['EACH_16(QUADRATIC)', 'if (i + 1u < loops) { EACH_16(QUADRATIC) }'],
    caught: 'fma-f16[invocations=256]',
  },
  {
    kernel: 'fma-mixed',
    replace: ['v = T(HALF(v));', 'v = T(HALF(v * 1.001));'],
    caught: 'fma-mixed[invocations=256]',
  },
  { kernel: 'mad-i32', replace: ['EACH_16(AFFINE)', ONE_LOST], caught: MAD },
  { kernel: 'mad-i32', replace: ['5u * k', '4u * k'], caught: MAD },
  { kernel: 'mad-i32', replace: ELEVENTH, caught: MAD },
  {
    kernel: 'mad-i32',
    replace: ['EACH_16(QUADRATIC)', 'if (i + 1u < loops) { EACH_16(QUADRATIC) }'],
    caught: 'mad-i32[invocations=256,loops=3,shape=1]',
  },
  {
    kernel: 'mad-i64',
    replace: ['T va = T(S(a))', 'T va = T(S(a)) + (T(1) << 40)'],
    caught: 'mad-i64[invocations=256,loops=3]',
  },
  {
    kernel: 'mad-i8-vec4',
    replace: ['v = va * v + vb', 'v = va * v + vb + S(1)'],
    caught: 'mad-i8[invocations=256,loops=3]',
  },
];
export default mutants;
