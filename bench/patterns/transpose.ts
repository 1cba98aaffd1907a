// The transposition of a matrix, straight and by tiles in shared memory: beside each other, and beside copy, they show
// what contiguous access is worth.
import { compareElements, defineBenchmark, type Verification, type VerifyContext } from 'guestmark';
import { firstOf, oneOf, positiveInteger } from '../parts/workgroup.ts';

type Size = { readonly n: number };

/** Side of a tile in shared memory. */
const TILE = 32;
const VERIFICATION = 'Every element of y equals its element of x, bit for bit; y is poisoned first.';

function verify({ n }: Size, { inputs, outputs }: VerifyContext): Verification {
  const x = inputs.x as Uint32Array;
  return compareElements('y', outputs.y as Uint32Array, (i) => x[(i % n) * n + Math.floor(i / n)] as number);
}

function bytes({ n }: Size): number {
  return 8 * n * n;
}

const naive = defineBenchmark<'n' | 'WIDTH' | 'HEIGHT'>({
  name: 'transpose-naive',
  summary: 'Transposition of an n × n matrix of 4-byte elements, without shared memory',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'Invocations read rows of x contiguously and write columns of y, whose elements lie 4 n bytes apart.',
    limit:
      'On a GPU the writes: each moves a sector of 32 bytes or more for 4, unless a cache collects them. On a software device generated code.',
    verification: VERIFICATION,
    sources: ['G. Ruetsch and P. Micikevicius, Optimizing matrix transpose in CUDA, 2009'],
  },
  axes: { n: [1024], WIDTH: [32], HEIGHT: [8] },
  suites: { standard: { n: [4096] }, full: { n: [1024, 4096, 5000], WIDTH: [8, 32] } },
  requires: ({ n, WIDTH, HEIGHT }) =>
    firstOf(positiveInteger('n', n), positiveInteger('WIDTH', WIDTH), positiveInteger('HEIGHT', HEIGHT)),
  buffers: {
    x: { type: 'u32', elements: ({ n }) => n * n, fill: 'random' },
    y: { type: 'u32', elements: ({ n }) => n * n, fill: 'poison' },
  },
  work: ({ n, WIDTH, HEIGHT }) => [
    {
      op: 'dispatch',
      shader: 'transpose-naive',
      constants: { WIDTH, HEIGHT },
      push: { rows: n, columns: n },
      groups: [Math.ceil(n / WIDTH), Math.ceil(n / HEIGHT), 1],
    },
  ],
  bytes,
  verify,
});

const tiled = defineBenchmark<'n' | 'PADDING'>({
  name: 'transpose-tiled',
  summary: 'Transposition of an n × n matrix of 4-byte elements, by tiles in shared memory',
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
  axes: { n: [1024], PADDING: [1] },
  suites: {
    quick: {},
    standard: { n: [4096] },
    full: { n: [1024, 4096, 5000], PADDING: [0, 1] },
  },
  requires: ({ n, PADDING }) => firstOf(positiveInteger('n', n), oneOf('PADDING', PADDING, [0, 1])),
  buffers: {
    x: { type: 'u32', elements: ({ n }) => n * n, fill: 'random' },
    y: { type: 'u32', elements: ({ n }) => n * n, fill: 'poison' },
  },
  work: ({ n, PADDING }) => [
    {
      op: 'dispatch',
      shader: 'transpose-tiled',
      constants: { PADDING },
      push: { rows: n, columns: n },
      groups: [Math.ceil(n / TILE), Math.ceil(n / TILE), 1],
    },
  ],
  bytes,
  verify,
});

export default [naive, tiled];
