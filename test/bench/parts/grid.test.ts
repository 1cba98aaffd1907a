// The check of stencils: it accepts what a stencil gives, and notices a single wrong point of any kind.
import { describe, expect, it } from 'vitest';
import { compareStencil, fillGrid, type Tap } from '../../../bench/parts/grid.ts';
import { seededRandom } from '../../../src/base/random.ts';

const EXTENT = [5, 4, 3];
const [WIDTH, HEIGHT] = [5, 4];
const TAPS: readonly Tap[] = [
  { weight: 3, offset: 0 },
  { weight: -2, offset: 1 },
  { weight: 5, offset: -WIDTH * HEIGHT },
];

function grids(): { from: Float32Array; to: Float32Array } {
  const from = new Float32Array(WIDTH * HEIGHT * 3);
  fillGrid(from, {}, seededRandom(5));
  const to = from.slice();
  // Of three planes only the middle one has inner points: two rows of three.
  for (const y of [1, 2])
    for (const x of [1, 2, 3]) {
      const at = WIDTH * HEIGHT + y * WIDTH + x;
      const [here, right, before] = [from[at], from[at + 1], from[at - WIDTH * HEIGHT]] as number[];
      to[at] = 3 * (here as number) - 2 * (right as number) + 5 * (before as number);
    }
  return { from, to };
}

describe('compareStencil()', () => {
  it('accepts sums inside and values unchanged on the border', () => {
    const { from, to } = grids();
    expect(compareStencil(from, to, EXTENT, TAPS)).toEqual({ ok: true, checked: to.length });
  });

  it.each(Array.from({ length: 60 }, (_, at) => at))('notices a wrong point %i', (at) => {
    const { from, to } = grids();
    to[at] = (to[at] as number) + 1;
    expect(compareStencil(from, to, EXTENT, TAPS)).toMatchObject({ ok: false, mismatches: 1 });
  });
});
