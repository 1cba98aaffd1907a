// Whether a batch of Fourier transforms is right: every element, the energy of every transform, and some bins by the
// definition of the transform, so that the fast reference itself is held against something.
import { allOf, compareElements, type Verification } from 'guestmark';
import { directBin, energyOf, rootsOfUnity, transformInPlace } from './fourier.ts';
import { compareWithin, UNIT_ROUNDOFF } from './rounding.ts';
import { sampledIndices } from './sampled-indices.ts';

/** Bound of the relative 2-norm of the error of a stage, in unit roundoffs; its parts are in the explanation of fft. */
const STAGE_ROUNDOFFS = 32;
/** Points that are transformed on the CPU; it takes a second or so. */
const MOST_POINTS = 2 ** 21;
/** Transforms, and bins of each, that are also summed directly. */
const DIRECT_TRANSFORMS = 4;
const DIRECT_BINS = 4;

function transformOf(values: Float32Array, n: number, index: number): Float32Array {
  return values.subarray(2 * n * index, 2 * n * (index + 1));
}

/** @param stages That a point goes through. */
export function compareTransforms(n: number, x: Float32Array, y: Float32Array, stages: number): Verification {
  const bound = stages * STAGE_ROUNDOFFS * UNIT_ROUNDOFF;
  const count = x.length / (2 * n);
  const roots = rootsOfUnity(n);
  const fast = sampledIndices(count, MOST_POINTS / n).map((index) =>
    compareFast(n, x, y, { index, bound, roots }),
  );
  const direct = sampledIndices(count, DIRECT_TRANSFORMS).map((index) =>
    compareDirect(n, x, y, { index, bound, roots }),
  );
  return allOf(compareEnergies(n, x, y, bound), ...direct, ...fast);
}

interface One {
  readonly index: number;
  readonly bound: number;
  readonly roots: Float64Array;
}

/** Every element of a transform; the norm of all its errors is what is bounded, which bounds each of them. */
function compareFast(
  n: number,
  x: Float32Array,
  y: Float32Array,
  { index, bound, roots }: One,
): Verification {
  const expected = Float64Array.from(transformOf(x, n, index));
  const actual = transformOf(y, n, index);
  transformInPlace(expected, roots);
  const norm = Math.sqrt(energyOf(expected));
  let squares = 0;
  for (let i = 0; i < expected.length; i++) squares += ((actual[i] as number) - (expected[i] as number)) ** 2;
  return allOf(
    compareWithin(
      `y of transform ${index}`,
      actual,
      (i) => expected[i] as number,
      () => bound * norm,
    ),
    compareElements(`relative error of transform ${index}`, [Math.sqrt(squares) / norm], () => 0, {
      absolute: bound,
    }),
  );
}

function compareDirect(
  n: number,
  x: Float32Array,
  y: Float32Array,
  { index, bound, roots }: One,
): Verification {
  const [input, output] = [transformOf(x, n, index), transformOf(y, n, index)];
  // The transform of numbers with this energy has n times as much.
  const norm = Math.sqrt(n * energyOf(input));
  const bins = sampledIndices(n, DIRECT_BINS);
  return compareWithin(
    `bins ${bins.join(', ')} of transform ${index}`,
    bins.flatMap((bin) => [output[2 * bin] as number, output[2 * bin + 1] as number]),
    (i) => directBin(input, roots, bins[i >> 1] as number)[i & 1] as number,
    () => bound * norm,
  );
}

/** Parseval: the energy of a transform is n times that of its input. */
function compareEnergies(n: number, x: Float32Array, y: Float32Array, bound: number): Verification {
  const energies = Float64Array.from({ length: x.length / (2 * n) }, (_, index) =>
    energyOf(transformOf(y, n, index)),
  );
  return compareElements('energy', energies, (index) => n * energyOf(transformOf(x, n, index)), {
    relative: 2 * bound + bound * bound,
  });
}
