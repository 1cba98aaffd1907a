// Which groups of an output are compared.
import { describe, expect, it } from 'vitest';
import { sampledGroups } from '../../../bench/parts/sample.ts';

describe('sampledGroups()', () => {
  it('takes all groups where they are few', () => {
    expect(sampledGroups(5, 5)).toEqual([0, 1, 2, 3, 4]);
    expect(sampledGroups(1, 100)).toEqual([0]);
  });

  it('spreads fewer evenly, with the first and the last', () => {
    expect(sampledGroups(101, 5)).toEqual([0, 25, 50, 75, 100]);
    expect(sampledGroups(1_000_000, 0.2)).toEqual([0, 999_999]);
  });

  it('names each once', () => {
    for (let groups = 1; groups < 40; groups++)
      for (let most = 1; most < 45; most++) {
        const sampled = sampledGroups(groups, most);
        expect(new Set(sampled).size).toBe(sampled.length);
      }
  });
});
