// Where a chain of floating-point multiply-adds goes, in exact arithmetic: what the kernels fma-* must come to.
import { type Orbit, STEPS_PER_LOOP } from './multiply-add.ts';

/** Three exact values follow each other, and an error grows: -1/4, -7/4, 5/4. */
export const QUADRATIC_CONSTANT = -29 / 16;
const CYCLE: readonly number[] = [-0.25, -1.75, 1.25, -0.25];

/** Shape 0 is x = a x + b from the place on, shape 1 is x = x x + c along the cycle. */
export function orbitFrom(place: number, shape: number, loops: number): Orbit<number> {
  let x = shape === 0 ? place : (CYCLE[place % CYCLE.length] as number);
  let sum = 0;
  for (let loop = 0; loop < loops; loop++) {
    const b = loop % 2 === 0 ? 1 : -1;
    for (let step = 0; step < STEPS_PER_LOOP; step++) x = shape === 0 ? x + b : x * x + QUADRATIC_CONSTANT;
    sum += x;
  }
  return { end: x, sum };
}
