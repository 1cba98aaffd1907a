// What all benchmarks of multiply-add rates have in common: their axes, what of them makes no sense, and what every
// invocation must come to.
import { tripCount } from './trip-count.ts';
import { firstOf, oneOf, wholeGroups } from './workgroup.ts';

/** Multiply-adds per chain in one iteration of a kernel's loop. */
export const STEPS_PER_LOOP = 16;
/** How many independent recurrences the kernels can have. */
export const CHAINS = [1, 2, 4, 8, 12, 14];
/** Component k of invocation i begins like any other with the same (i + 5 k) mod 16. */
const PLACES = 16;
const PLACE_STEP = 5;

/** Invocations, iterations of the loop, components of the type, independent recurrences, and their shape (0 or 1). */
export type MultiplyAddAxis = 'invocations' | 'loops' | 'width' | 'chains' | 'shape' | 'WORKGROUP_SIZE';
type Point = Readonly<Record<MultiplyAddAxis, number>>;

/** Why a kernel cannot run so many invocations and loops, or null. */
export function loopProblem({
  invocations,
  loops,
  chains,
  WORKGROUP_SIZE,
}: Pick<Point, 'invocations' | 'loops' | 'chains' | 'WORKGROUP_SIZE'>): string | null {
  return firstOf(
    wholeGroups({ invocations, WORKGROUP_SIZE }),
    tripCount('loops', loops),
    oneOf('chains', chains, CHAINS),
  );
}

/** Why a point of the axes makes no sense, or null. */
export function multiplyAddProblem(axes: Point): string | null {
  return firstOf(
    loopProblem(axes),
    oneOf('width', axes.width, [1, 2, 4]),
    oneOf('shape', axes.shape, [0, 1]),
  );
}

/** Name of the kernel of a type and its width. */
export function kernelOf(family: string, width: number): string {
  return width === 1 ? family : `${family}-vec${width}`;
}

/** Multiply-adds of one iteration. */
export function multiplyAdds({ invocations, loops, width, chains }: Point): number {
  return STEPS_PER_LOOP * loops * width * chains * invocations;
}

/** Where a chain ends that began at one of the places, and the sum of its values after every loop. */
export interface Orbit<N extends number | bigint> {
  readonly end: N;
  readonly sum: N;
}

/** How the results of a kernel come about. */
export interface Results<N extends number | bigint> {
  /** Chains times components of an invocation. */
  readonly components: number;
  /** The orbit that begins at a place. */
  readonly orbitFrom: (place: number) => Orbit<N>;
  /** Of the ends of all components, and of component 0's sum behind them. */
  readonly total: (values: readonly N[]) => number;
  /** From the place of one component to that of the next, where it is not the usual one. */
  readonly placeStep?: number | undefined;
}

/**
 * What an invocation must write, by its number modulo the length of the list.
 *
 * @param invocations No more are computed.
 */
export function expectedResults<N extends number | bigint>(
  invocations: number,
  { components, orbitFrom, total, placeStep = PLACE_STEP }: Results<N>,
): readonly number[] {
  const orbits: Orbit<N>[] = [];
  const orbitOf = (invocation: number, k: number): Orbit<N> => {
    const place = (invocation + placeStep * k) % PLACES;
    orbits[place] ??= orbitFrom(place);
    return orbits[place];
  };
  return Array.from({ length: Math.min(PLACES, invocations) }, (_, invocation) => {
    const ends = Array.from({ length: components }, (_, k) => orbitOf(invocation, k).end);
    return total([...ends, orbitOf(invocation, 0).sum]);
  });
}
