// Mistakes in the kernel of single operations: one lost step is caught in every kind of operation.
import type { Mutant } from '../mutant.ts';

const LOST_STEP: Mutant['replace'] = ['EACH_8(FORTH)', 'EACH_4(FORTH) EACH(FORTH) EACH(FORTH) EACH(FORTH)'];
const WITH_A_LOST_STEP = [
  ...['div-f32', 'rcp-f32', 'rsqrt-f32', 'exp2-f32', 'log2-f32', 'sin-f32', 'pow-f32'],
  ...['mul-i32', 'rem-i32', 'div-i64'],
];

const mutants: readonly Mutant[] = [
  ...WITH_A_LOST_STEP.map((name) => ({
    kernel: `op-${name}`,
    replace: LOST_STEP,
    caught: `${name}[invocations=256,loops=3,chains=1]`,
  })),
  {
    kernel: 'op-add-f32',
    replace: ['#define FORTH(v) STEP(v, va)', '#define FORTH(v) STEP(v, vb)'],
    caught: 'add-f32[invocations=256]',
  },
  { kernel: 'op-sqrt-f32', replace: ['EACH(RESTART)', ''], caught: 'sqrt-f32[invocations=256]' },
  { kernel: 'op-fma-f32', replace: ['i < loops', 'i + 1u < loops'], caught: 'latency-fma-f32[loops=100]' },
  { kernel: 'op-mad-i32', replace: ['vc * v + p', 'vc * v - p'], caught: 'latency-mad-i32[loops=100]' },
  {
    kernel: 'op-fma-f64',
    replace: ['fma(vc, v, p)', 'fma(vc, v, p + 1e-9)'],
    caught: 'latency-fma-f64[loops=100]',
  },
];
export default mutants;
