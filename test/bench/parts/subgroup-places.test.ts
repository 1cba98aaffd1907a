// Which places of invocations are plausible.
import { describe, expect, it } from 'vitest';
import { subgroupsOf } from '../../../bench/parts/subgroup-places.ts';

const place = (size: number, subgroup: number, member: number): number =>
  (size << 16) | (subgroup << 8) | member;

/** Invocations in order, the last subgroup perhaps not full. */
const places = (invocations: number, size: number): Uint32Array =>
  Uint32Array.from({ length: invocations }, (_, i) => place(size, Math.floor(i / size), i % size));

describe('subgroupsOf()', () => {
  it('lists the invocations of each subgroup in its order', () => {
    const reversed = places(8, 4).reverse();
    expect(subgroupsOf(places(8, 4))).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ]);
    expect(subgroupsOf(reversed)).toEqual([
      [7, 6, 5, 4],
      [3, 2, 1, 0],
    ]);
  });

  it('allows a workgroup that is smaller than a subgroup', () => {
    expect(subgroupsOf(places(4, 32))).toEqual([[0, 1, 2, 3]]);
  });

  it.each([
    ['a size that is no power of two', places(6, 3)],
    ['a size beyond that of Vulkan', places(256, 256)],
    ['no size', Uint32Array.of(0, 1)],
    ['sizes that differ', Uint32Array.of(place(2, 0, 0), place(4, 0, 1))],
    ['a place that is taken twice', Uint32Array.of(place(2, 0, 0), place(2, 0, 0))],
    ['a member beyond the size', Uint32Array.of(place(2, 0, 0), place(2, 0, 2))],
    ['a place that is left out', Uint32Array.of(place(4, 0, 0), place(4, 0, 2))],
    ['a subgroup that is left out', Uint32Array.of(place(1, 0, 0), place(1, 2, 0))],
  ])('refuses %s', (_, wrong) => {
    expect(subgroupsOf(wrong)).toBeNull();
  });
});
