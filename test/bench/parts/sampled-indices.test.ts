// Which part of an output is compared.
import { describe, expect, it } from 'vitest';
import { sampledIndices } from '../../../bench/parts/sampled-indices.ts';

describe('sampledIndices()', () => {
  it('takes all where they are few', () => {
    expect(sampledIndices(5, 5)).toEqual([0, 1, 2, 3, 4]);
    expect(sampledIndices(1, 100)).toEqual([0]);
  });

  it('spreads fewer evenly, with the first and the last', () => {
    expect(sampledIndices(101, 5)).toEqual([0, 25, 50, 75, 100]);
    expect(sampledIndices(1_000_000, 0.2)).toEqual([0, 999_999]);
  });

  it('names each once', () => {
    for (let count = 1; count < 40; count++)
      for (let most = 1; most < 45; most++) {
        const sampled = sampledIndices(count, most);
        expect(new Set(sampled).size).toBe(sampled.length);
      }
  });
});
