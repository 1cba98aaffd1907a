// The seven-point stencil over a cube, the inner loop of many solvers of differential equations.
import { defineBenchmark } from 'guestmark';
import { compareStencil, fillGrid } from '../parts/grid.ts';
import { atLeast, firstOf, positiveInteger } from '../parts/workgroup.ts';

const WEIGHTS = { centre: -5, side: 2 };

export default defineBenchmark({
  name: 'stencil-3d',
  summary: 'Stencil of 7 points over size³ points, 8 size³ bytes',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'An invocation walks along DEPTH points with three values in registers; the four neighbours beside them come from the caches.',
    limit:
      'Memory, where the cubes are larger than the caches: a point is read once and written once if the caches hold a plane. On a software device generated code for single loads limits it, not memory.',
    verification:
      'Every point up to 2^24 of them, else rows spread evenly, exactly: the cube holds integers of -8…8 and the weights are integers, so that all sums are exact in any order.',
    sources: ['P. Micikevicius, 3D finite difference computation on GPUs using CUDA, 2009'],
  },
  axes: { size: [128], DEPTH: [16], WORKGROUP_X: [64], WORKGROUP_Y: [4] },
  suites: {
    standard: { size: [256] },
    full: { size: [64, 128, 256, 320], DEPTH: [4, 16, 64], WORKGROUP_X: [32, 64] },
  },
  requires: ({ size, DEPTH, WORKGROUP_X, WORKGROUP_Y }) =>
    firstOf(
      positiveInteger('size', size),
      atLeast('size', size, 3),
      positiveInteger('DEPTH', DEPTH),
      positiveInteger('WORKGROUP_X', WORKGROUP_X),
      positiveInteger('WORKGROUP_Y', WORKGROUP_Y),
    ),
  buffers: {
    from: {
      type: 'f32',
      elements: ({ size }) => size ** 3,
      fill: fillGrid,
    },
    to: { type: 'f32', elements: ({ size }) => size ** 3, fill: 'poison' },
  },
  work: ({ size, DEPTH, WORKGROUP_X, WORKGROUP_Y }) => [
    {
      op: 'dispatch',
      shader: 'stencil-3d',
      constants: { WORKGROUP_X, WORKGROUP_Y, DEPTH },
      push: { size, ...WEIGHTS },
      groups: [Math.ceil(size / WORKGROUP_X), Math.ceil(size / WORKGROUP_Y), Math.ceil(size / DEPTH)],
    },
  ],
  bytes: ({ size }) => 8 * size ** 3,
  flops: ({ size }) => 8 * (size - 2) ** 3,
  items: ({ size }) => size ** 3,
  itemName: 'points',
  verify: ({ size }, { inputs, outputs }) => {
    const sides = [-size * size, -size, -1, 1, size, size * size];
    return compareStencil(
      inputs.from as Float32Array,
      outputs.to as Float32Array,
      [size, size, size],
      [{ weight: WEIGHTS.centre, offset: 0 }, ...sides.map((offset) => ({ weight: WEIGHTS.side, offset }))],
    );
  },
});
