// The cycle that pointer chases follow, and the walks on it.
import { describe, expect, it } from 'vitest';
import { endOfWalk, endsOfWalks, fillCycle, regionProblem } from '../../../bench/parts/random-cycle.ts';
import { seededRandom } from '../../../src/base/random.ts';

const LINES = 257;
const STRIDE = 64;

function cycle(seed: number): Uint32Array {
  const next = new Uint32Array((LINES * STRIDE) / 4);
  fillCycle(next, STRIDE, seededRandom(seed));
  return next;
}

describe('fillCycle()', () => {
  it('leads through every line once and back', () => {
    const met = new Set<number>();
    for (let hop = 0; hop < LINES; hop++) met.add(endOfWalk(cycle(1), STRIDE, 0, hop));
    expect(met.size).toBe(LINES);
    expect([...met].every((word) => word % (STRIDE / 4) === 0)).toBe(true);
    expect(endOfWalk(cycle(1), STRIDE, 0, LINES)).toBe(0);
  });

  it('leads another way with another seed', () => {
    expect(cycle(1)).not.toEqual(cycle(2));
  });
});

describe('endsOfWalks()', () => {
  it('ends where one walk after the other does', () => {
    const next = cycle(3);
    const end = endsOfWalks(next, STRIDE, 1000);
    for (const start of [0, 16, 160, 4096]) expect(end(start)).toBe(endOfWalk(next, STRIDE, start, 1000));
  });
});

describe('regionProblem()', () => {
  it.each([
    [4096, 6, 'stride is not a positive multiple of 4'],
    [4096, 0, 'stride is not a positive multiple of 4'],
    [100, 64, 'bytes is not a positive multiple of 64'],
    [64, 64, 'bytes is less than 128'],
    [128, 64, null],
  ])('of %i bytes and stride %i is %s', (bytes, stride, problem) => {
    expect(regionProblem(bytes, stride)).toBe(problem);
  });
});
