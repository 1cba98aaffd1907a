// Mistakes in the kernel of the Mandelbrot set.
import type { Mutant } from '../mutant.ts';

const kernel = 'mandelbrot';
const caught = 'mandelbrot[size=100,iterations=100,WORKGROUP_X=8,WORKGROUP_Y=8]';

const mutants: readonly Mutant[] = [
  { kernel, replace: ['count < most', 'count + 1u < most'], caught },
  { kernel, replace: ['square > 4.0', 'square > 4.01'], caught },
  // As a driver that fuses them: only the last bit of a few pixels differs.
  {
    kernel,
    replace: ['y = (x + x) * y + im;', 'y = float(double(x + x) * double(y) + double(im));'],
    caught,
  },
];
export default mutants;
