// Batches of Fourier transforms: in shared memory where one fits, in two dispatches where it does not.
import { type AxisPoint, defineBenchmark, type WorkStep } from 'guestmark';
import { compareTransforms } from '../parts/compare-transforms.ts';
import { rootsOfUnity } from '../parts/fourier.ts';
import { slowInSoftware } from '../parts/software.ts';
import { firstOf, powerOfTwo } from '../parts/workgroup.ts';

type Shape = AxisPoint<'n' | 'points'>;

const LEAST_LENGTH = 64;
/** Longest transform of a single dispatch. */
const MOST_POINTS = 4096;
const MOST_LENGTH = 2 ** 16;
/** Points that one core of a CPU transforms in a second, roughly. */
const SOFTWARE_POINTS_PER_SECOND = 2e7;
/** Points that an invocation holds. */
const EACH = 8;

/** A dispatch of the kernel for the lines of all transforms; numbers of points as their log2. */
function lines(shape: Shape, log2Points: number, constants: Readonly<Record<string, number>>): WorkStep {
  const sharers = 2 ** log2Points / EACH;
  const WORKGROUP_SIZE = Math.max(256, sharers);
  const all = shape.points / 2 ** log2Points;
  return {
    op: 'dispatch',
    shader: 'fft',
    constants: {
      WORKGROUP_SIZE,
      LOG2_POINTS: log2Points,
      LOG2_LENGTH: Math.log2(shape.n),
      ...constants,
    },
    groups: [all / (WORKGROUP_SIZE / sharers), 1, 1],
  };
}

/** Columns of a matrix of 2^log2Columns by 2^log2Rows points, then its rows, written as columns. */
function fourSteps(shape: Shape): readonly WorkStep[] {
  const log2 = Math.log2(shape.n);
  const [columnPoints, rowPoints] = [Math.ceil(log2 / 2), Math.floor(log2 / 2)];
  const columns = lines(shape, columnPoints, {
    LOG2_LINES: rowPoints,
    LOG2_IN_POINT: rowPoints,
    LOG2_OUT_POINT: rowPoints,
    IN_ALONG_LINES: 1,
    OUT_ALONG_LINES: 1,
    TWIDDLES: 1,
  });
  const rows = lines(shape, rowPoints, {
    LOG2_LINES: columnPoints,
    LOG2_IN_LINE: rowPoints,
    LOG2_OUT_POINT: columnPoints,
    OUT_ALONG_LINES: 1,
  });
  return [
    { ...columns, buffers: { y: 'between' } },
    { ...rows, buffers: { x: 'between' } },
  ] as readonly WorkStep[];
}

export default defineBenchmark({
  name: 'fft',
  summary: 'Complex to complex Fourier transforms of n points in float32, as many as make `points`',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'Up to 4096 points a transform stays in one workgroup: a Stockham transform of radix 8 in registers (a last stage of 2 or 4), points change places in shared memory, twiddle factors come from a table. Longer ones are a matrix, in the four-step method: columns, twiddle factors, rows, in two dispatches. Operations are counted as 5 n log2(n) for each transform, as the field does, whatever is really done.',
    limit:
      'Memory on most GPUs: 16 bytes for each point and dispatch, against some 50 operations. The bytes are what any transform must move, one read and one write, so transforms in two dispatches reach half of the bandwidth at best. A software device is limited by generated code.',
    verification:
      'Every element against a transform of the same numbers in double precision, up to 2^21 points (beyond, evenly spaced transforms of so many), the energy of every transform against that of its input (Parseval), and some bins of some transforms against the sum of the definition. The error of a transform has a 2-norm of at most 32 u for each stage, relative to its result, with u = 2^-23: √2 γ(6) of the butterflies of radix 8, and for its twiddle factors 7 · 2^-24 of the table, 6 multiplications of powers and one more, √2 γ(2) each.',
    sources: [
      'N. Govindaraju et al., High performance discrete Fourier transforms on graphics processors, SC 2008',
      'N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 24.1',
      'VkFFT, benchmark_vkfft',
    ],
  },
  axes: { n: [1024], points: [2 ** 18] },
  suites: {
    quick: {},
    // 2^22 points fit the last cache of the largest GPUs.
    standard: { n: [256, 1024, 4096, 65536], points: [2 ** 22, 2 ** 24] },
    full: {
      n: [8, 9, 10, 11, 12, 13, 14, 15, 16].map((log) => 2 ** log),
      points: [2 ** 18, 2 ** 22, 2 ** 24],
    },
  },
  requires: ({ n, points }) =>
    firstOf(
      powerOfTwo('n', n),
      powerOfTwo('points', points),
      n < LEAST_LENGTH || n > MOST_LENGTH ? `n is not between ${LEAST_LENGTH} and ${MOST_LENGTH}` : null,
      // A workgroup holds 2048 points, and at 4096 as many as one transform.
      points < Math.max(n, 2048) ? 'points is smaller than n or than the 2048 of a workgroup' : null,
    ),
  skips: ({ points }, device) => slowInSoftware(device, points, SOFTWARE_POINTS_PER_SECOND),
  buffers: {
    x: { type: 'f32', elements: ({ points }) => 2 * points, fill: 'random' },
    roots: { type: 'f32', elements: ({ n }) => 2 * n, fill: (into, { n }) => into.set(rootsOfUnity(n)) },
    between: {
      type: 'f32',
      elements: ({ n, points }) => (n > MOST_POINTS ? 2 * points : 2),
      fill: 'poison',
    },
    y: { type: 'f32', elements: ({ points }) => 2 * points, fill: 'poison' },
  },
  work: (shape) => (shape.n > MOST_POINTS ? fourSteps(shape) : [lines(shape, Math.log2(shape.n), {})]),
  bytes: ({ points }) => 16 * points,
  flops: ({ n, points }) => 5 * points * Math.log2(n),
  verify: ({ n }, { inputs, outputs }) =>
    compareTransforms(n, inputs.x as Float32Array, outputs.y as Float32Array, stagesOf(n)),
});

/** Stages of a transform; the twiddle factors between two dispatches are less than one. */
function stagesOf(n: number): number {
  const log2 = Math.log2(n);
  if (n <= MOST_POINTS) return Math.ceil(log2 / 3);
  return Math.ceil(Math.ceil(log2 / 2) / 3) + Math.ceil(Math.floor(log2 / 2) / 3) + 1;
}
