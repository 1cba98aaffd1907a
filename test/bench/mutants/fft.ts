// Mistakes in the kernel of the Fourier transforms, each in a stage that only some lengths have.
import type { Mutant } from '../mutant.ts';

const kernel = 'fft';
const points = 'points=4Ki';

const mutants: readonly Mutant[] = [
  { kernel, replace: ['0.70710678118654752', '0.707'], caught: `fft[n=512,${points}]` },
  { kernel, replace: ['v[5] = times(v[5], times(w4, w));', ''], caught: `fft[n=64,${points}]` },
  { kernel, replace: ['v[4u + pair] = times(v[4u + pair], w2);', ''], caught: `fft[n=256,${points}]` },
  { kernel, replace: ['root(t + quarter * SHARERS', 'root(t + quarter'], caught: `fft[n=1Ki,${points}]` },
  { kernel, replace: ['stage8(v, t, 9u)', 'stage8(v, t, 6u)'], caught: `fft[n=4Ki,${points}]` },
  { kernel, replace: ['root(inTransform * t,', 'root(inTransform,'], caught: 'fft[n=8Ki,points=8Ki]' },
];
export default mutants;
