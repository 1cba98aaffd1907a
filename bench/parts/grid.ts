// Grids of small integers: whatever a stencil or a filter adds of them is exact in single precision, in any order and
// fused or not, so that every point can be compared without a tolerance.
import { compareElements, type Elements, type Random, type Verification } from 'guestmark';

/** Integers of -8…8. */
export function fillGrid(into: Elements, random: Random): void {
  for (let i = 0; i < into.length; i++) into[i] = Math.floor(17 * random()) - 8;
}

/** A weight, and where the value that it multiplies lies: so many elements on from the point itself. */
export interface Tap {
  readonly weight: number;
  readonly offset: number;
}

/**
 * Compares a weighted sum of neighbours at every point of a grid, whose points on the border stay what they are.
 *
 * @param extent Points along each dimension, the fastest first.
 */
export function compareStencil(
  from: Float32Array,
  to: Float32Array,
  extent: readonly number[],
  taps: readonly Tap[],
): Verification {
  const offsets = Int32Array.from(taps, ({ offset }) => offset);
  const weights = Float64Array.from(taps, ({ weight }) => weight);
  const onBorder = borderOf(extent);
  return compareElements('to', to, (at) => {
    if (onBorder(at)) return from[at] as number;
    let sum = 0;
    for (let tap = 0; tap < offsets.length; tap++)
      sum += (weights[tap] as number) * (from[at + (offsets[tap] as number)] as number);
    return sum;
  });
}

function borderOf(extent: readonly number[]): (at: number) => boolean {
  return (at) => {
    let rest = at;
    for (const points of extent) {
      const place = rest % points;
      if (place === 0 || place === points - 1) return true;
      rest = (rest - place) / points;
    }
    return false;
  };
}
