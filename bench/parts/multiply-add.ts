// What all benchmarks of multiply-add rates have in common.
import { firstOf, oneOf, positiveInteger } from './workgroup.ts';

export const STEPS_PER_LOOP = 16;
export const MOST_LOOPS = 60_000;
export type Axis = 'invocations' | 'loops' | 'width' | 'chains' | 'shape' | 'WORKGROUP_SIZE';
export type Point = Readonly<Record<Axis, number>>;

export function problemOf({ invocations, loops, width, chains, shape, WORKGROUP_SIZE }: Point): string | null {
  return firstOf(
    positiveInteger('WORKGROUP_SIZE', WORKGROUP_SIZE),
    positiveInteger('loops', loops),
    invocations % WORKGROUP_SIZE === 0 ? null : 'invocations is not a multiple of WORKGROUP_SIZE',
    loops <= MOST_LOOPS ? null : `more than ${MOST_LOOPS} loops: the result would not be exact`,
    oneOf('width', width, [1, 2, 4]),
    oneOf('chains', chains, [1, 2, 4, 8, 12, 14]),
    oneOf('shape', shape, [0, 1]),
  );
}
