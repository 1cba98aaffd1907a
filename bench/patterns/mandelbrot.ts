// The Mandelbrot set: neighbouring pixels take different numbers of steps, which is what divergence costs.
import {
  allOf,
  compareElements,
  defineBenchmark,
  type Elements,
  type Random,
  type Verification,
} from 'guestmark';
import { sampledIndices } from '../parts/sampled-indices.ts';
import { slowInSoftware } from '../parts/software.ts';
import { tripCount } from '../parts/trip-count.ts';
import { firstOf, positiveInteger } from '../parts/workgroup.ts';
import { compareWritten } from '../parts/written.ts';

/** Steps that the CPU computes again, at 7 ns each. */
const MOST_STEPS = 2 ** 26;
/** Steps that one core of a CPU was measured to do in a second, those that pixels save by escaping included. */
const SOFTWARE_STEPS_PER_SECOND = 2.5e9;

/** The whole set, in a window 2.5 wide whose corner is a little elsewhere for every seed. */
function fillView(into: Elements, size: number, random: Random): void {
  into[0] = -2 + random() / 16;
  into[1] = -1.25 + random() / 16;
  into[2] = 2.5 / size;
}

/** Steps of a pixel, every operation rounded to binary32 as the kernel's are. */
function stepsOf(re: number, im: number, most: number): number {
  const { fround } = Math;
  let [x, y, xx, yy] = [0, 0, 0, 0];
  for (let count = 0; count < most; count++) {
    y = fround(fround(fround(x + x) * y) + im);
    x = fround(fround(xx - yy) + re);
    xx = fround(x * x);
    yy = fround(y * y);
    if (fround(xx + yy) > 4) return count;
  }
  return most;
}

function compareRow(
  view: Float32Array,
  counts: Uint32Array,
  row: number,
  size: number,
  most: number,
): Verification {
  const { fround } = Math;
  const [left = 0, bottom = 0, side = 0] = view;
  const im = fround(bottom + fround(row * side));
  const actual = counts.subarray(row * size, (row + 1) * size);
  return compareElements(`counts of row ${row}`, actual, (column) =>
    stepsOf(fround(left + fround(column * side)), im, most),
  );
}

export default defineBenchmark({
  name: 'mandelbrot',
  summary: 'Pixels of the Mandelbrot set: size² of them, in loops of different lengths side by side',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'One invocation counts the steps of one pixel, until it escapes or has taken `iterations`; a workgroup is a rectangle of pixels.',
    limit:
      'The rate of additions and multiplications that are not fused, and divergence: a subgroup runs as long as the longest of its pixels. Compare workgroups of 8 × 8 with such of 64 × 1.',
    verification:
      'Exactly: the operations are declared precise, so that none is fused, and the CPU rounds each to the nearest number of binary32, as devices do (Vulkan asks for a correct rounding, and leaves its direction open). All pixels up to 2^28 steps if none escaped, which a quarter does not, else rows spread evenly.',
    sources: ['B. Mandelbrot, Fractal aspects of the iteration of z → λz(1 − z), 1980'],
  },
  axes: { size: [1024], iterations: [256], WORKGROUP_X: [16], WORKGROUP_Y: [16] },
  suites: {
    quick: { size: [512], iterations: [128] },
    standard: { size: [1024, 4096] },
    full: { size: [1024, 4096], iterations: [256, 4096], WORKGROUP_X: [8, 64], WORKGROUP_Y: [1, 8] },
  },
  requires: ({ size, iterations, WORKGROUP_X, WORKGROUP_Y }) =>
    firstOf(
      positiveInteger('size', size),
      tripCount('iterations', iterations),
      positiveInteger('WORKGROUP_X', WORKGROUP_X),
      positiveInteger('WORKGROUP_Y', WORKGROUP_Y),
    ),
  skips: ({ size, iterations }, device) =>
    slowInSoftware(device, size * size * iterations, SOFTWARE_STEPS_PER_SECOND),
  buffers: {
    view: { type: 'f32', elements: () => 3, fill: (into, { size }, random) => fillView(into, size, random) },
    counts: { type: 'u32', elements: ({ size }) => size * size, fill: 'poison' },
  },
  work: ({ size, iterations, WORKGROUP_X, WORKGROUP_Y }) => [
    {
      op: 'dispatch',
      shader: 'mandelbrot',
      constants: { WORKGROUP_X, WORKGROUP_Y },
      push: { width: size, height: size, iterations },
      groups: [Math.ceil(size / WORKGROUP_X), Math.ceil(size / WORKGROUP_Y), 1],
    },
  ],
  bytes: ({ size }) => 4 * size * size,
  items: ({ size }) => size * size,
  itemName: 'pixels',
  verify: ({ size, iterations }, { inputs, outputs }) => {
    const view = inputs.view as Float32Array;
    const counts = outputs.counts as Uint32Array;
    // A quarter of the pixels is in the set and takes all steps.
    const rows = sampledIndices(size, (4 * MOST_STEPS) / (size * iterations));
    const compared = rows.map((row) => compareRow(view, counts, row, size, iterations));
    return allOf(...compared, compareWritten('counts', counts));
  },
});
