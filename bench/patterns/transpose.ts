// The transposition of a matrix, straight and by tiles in shared memory: beside each other, and beside copy, they show
// what contiguous access is worth.
import { compareElements, defineBenchmark, type Verification, type VerifyContext } from 'guestmark';
import { firstOf, oneOf, positiveInteger } from '../parts/workgroup.ts';

type Size = { readonly size: number };

/** Side of a tile in shared memory. */
const TILE = 32;
const VERIFICATION = 'Every element of y equals its element of x, bit for bit; y is poisoned first.';

function verify({ size }: Size, { inputs, outputs }: VerifyContext): Verification {
  const x = inputs.x as Uint32Array;
  return compareElements(
    'y',
    outputs.y as Uint32Array,
    (i) => x[(i % size) * size + Math.floor(i / size)] as number,
  );
}

function bytes({ size }: Size): number {
  return 8 * size * size;
}

const naive = defineBenchmark<'size' | 'WORKGROUP_X' | 'WORKGROUP_Y'>({
  name: 'transpose-naive',
  summary: 'Transposition of a matrix of size² 4-byte elements, without shared memory',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'Invocations read rows of x contiguously and write columns of y, whose elements lie 4 size bytes apart.',
    limit:
      'On a GPU the writes: each moves a sector of 32 bytes or more for 4, unless a cache collects them. On a software device generated code.',
    verification: VERIFICATION,
    sources: ['G. Ruetsch and P. Micikevicius, Optimizing matrix transpose in CUDA, 2009'],
  },
  axes: { size: [1024], WORKGROUP_X: [32], WORKGROUP_Y: [8] },
  suites: { standard: { size: [4096] }, full: { size: [1024, 4096, 5000], WORKGROUP_X: [8, 32] } },
  requires: ({ size, WORKGROUP_X, WORKGROUP_Y }) =>
    firstOf(
      positiveInteger('size', size),
      positiveInteger('WORKGROUP_X', WORKGROUP_X),
      positiveInteger('WORKGROUP_Y', WORKGROUP_Y),
    ),
  buffers: {
    x: { type: 'u32', elements: ({ size }) => size * size, fill: 'random' },
    y: { type: 'u32', elements: ({ size }) => size * size, fill: 'poison' },
  },
  work: ({ size, WORKGROUP_X, WORKGROUP_Y }) => [
    {
      op: 'dispatch',
      shader: 'transpose-naive',
      constants: { WORKGROUP_X, WORKGROUP_Y },
      push: { rows: size, columns: size },
      groups: [Math.ceil(size / WORKGROUP_X), Math.ceil(size / WORKGROUP_Y), 1],
    },
  ],
  bytes,
  verify,
});

const tiled = defineBenchmark<'size' | 'PADDING'>({
  name: 'transpose-tiled',
  summary: 'Transposition of a matrix of size² 4-byte elements, by tiles in shared memory',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'A workgroup of 32 × 8 invocations reads a tile of 32 × 32 row by row into shared memory and writes its columns as rows of y. With PADDING = 1 the rows of the tile begin in different banks; with 0 all elements of a column lie in one.',
    limit:
      'On a GPU the memory, as of copy, with PADDING = 1; the bank conflicts of shared memory with 0. On a software device generated code.',
    verification: VERIFICATION,
    sources: ['G. Ruetsch and P. Micikevicius, Optimizing matrix transpose in CUDA, 2009'],
  },
  axes: { size: [1024], PADDING: [1] },
  suites: {
    quick: {},
    standard: { size: [4096] },
    full: { size: [1024, 4096, 5000], PADDING: [0, 1] },
  },
  requires: ({ size, PADDING }) => firstOf(positiveInteger('size', size), oneOf('PADDING', PADDING, [0, 1])),
  buffers: {
    x: { type: 'u32', elements: ({ size }) => size * size, fill: 'random' },
    y: { type: 'u32', elements: ({ size }) => size * size, fill: 'poison' },
  },
  work: ({ size, PADDING }) => [
    {
      op: 'dispatch',
      shader: 'transpose-tiled',
      constants: { PADDING },
      push: { rows: size, columns: size },
      groups: [Math.ceil(size / TILE), Math.ceil(size / TILE), 1],
    },
  ],
  bytes,
  verify,
});

export default [naive, tiled];
