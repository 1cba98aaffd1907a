// Stencils over a square grid, once from global memory and once from tiles in shared memory.
import { type Benchmark, defineBenchmark, type Explanation } from 'guestmark';
import { compareStencil, fillGrid, type Tap } from '../parts/grid.ts';
import { atLeast, firstOf, oneOf, positiveInteger } from '../parts/workgroup.ts';

const WEIGHTS = { centre: -3, edge: 2, corner: 1 };

function taps(size: number, points: number): readonly Tap[] {
  const { centre, edge, corner } = WEIGHTS;
  const beside = [-size, -1, 1, size].map((offset) => ({ weight: edge, offset }));
  const across = [-size - 1, -size + 1, size - 1, size + 1].map((offset) => ({ weight: corner, offset }));
  return [{ weight: centre, offset: 0 }, ...beside, ...(points === 9 ? across : [])];
}

function explain(method: string): Explanation {
  return {
    method,
    limit:
      'Memory, where the grids are larger than the caches: a point is read once and written once if the caches or shared memory hold three rows. On a software device generated code for single loads limits it, not memory.',
    verification:
      'Every point up to 2^24 of them, else rows spread evenly, exactly: the grid holds integers of -8…8 and the weights are integers, so that all sums are exact in any order.',
    sources: ['A. Danalis et al., The scalable heterogeneous computing (SHOC) benchmark suite, 2010'],
  };
}

function stencil(name: string, where: string, method: string, quick: boolean): Benchmark {
  return defineBenchmark({
    name,
    summary: `Stencil of 5 or 9 points over size² points, neighbours from ${where}, 8 size² bytes`,
    kind: 'throughput',
    category: 'patterns',
    explanation: explain(method),
    axes: { size: [2048], POINTS: [5], ROWS: [8], WORKGROUP_X: [64], WORKGROUP_Y: [4] },
    suites: {
      ...(quick && { quick: { size: [1024] } }),
      standard: { size: [4096], POINTS: quick ? [5, 9] : [9] },
      full: { size: [1024, 4096], POINTS: [5, 9], ROWS: [1, 4, 8], WORKGROUP_X: [32, 64] },
    },
    requires: ({ size, POINTS, ROWS, WORKGROUP_X, WORKGROUP_Y }) =>
      firstOf(
        positiveInteger('size', size),
        atLeast('size', size, 3),
        oneOf('POINTS', POINTS, [5, 9]),
        positiveInteger('ROWS', ROWS),
        positiveInteger('WORKGROUP_X', WORKGROUP_X),
        atLeast('WORKGROUP_X', WORKGROUP_X, 2),
        positiveInteger('WORKGROUP_Y', WORKGROUP_Y),
      ),
    buffers: {
      from: {
        type: 'f32',
        elements: ({ size }) => size * size,
        fill: fillGrid,
      },
      to: { type: 'f32', elements: ({ size }) => size * size, fill: 'poison' },
    },
    work: ({ size, POINTS, ROWS, WORKGROUP_X, WORKGROUP_Y }) => [
      {
        op: 'dispatch',
        shader: name,
        constants: { WORKGROUP_X, WORKGROUP_Y, POINTS, ROWS },
        push: { size, ...WEIGHTS },
        groups: [Math.ceil(size / WORKGROUP_X), Math.ceil(size / (WORKGROUP_Y * ROWS)), 1],
      },
    ],
    bytes: ({ size }) => 8 * size * size,
    flops: ({ size, POINTS }) => (POINTS === 5 ? 6 : 11) * (size - 2) ** 2,
    items: ({ size }) => size * size,
    itemName: 'points',
    verify: ({ size, POINTS }, { inputs, outputs }) =>
      compareStencil(
        inputs.from as Float32Array,
        outputs.to as Float32Array,
        [size, size],
        taps(size, POINTS),
      ),
  });
}

export default [
  stencil(
    'stencil-2d',
    'global memory',
    'An invocation walks down ROWS points of a column with three rows of sums in registers; the caches hold what its neighbours load too.',
    true,
  ),
  stencil(
    'stencil-2d-tiled',
    'shared memory',
    'A workgroup loads a tile of WORKGROUP_X × (WORKGROUP_Y ROWS) points and a frame of one point into shared memory, waits, and adds up from there.',
    false,
  ),
];
