// The reference of the operations of subgroups, in numbers that can be checked by hand.
import { describe, expect, it } from 'vitest';
import { subgroupResults } from '../../../bench/parts/subgroup-operations.ts';

const PLACES = Uint32Array.from({ length: 8 }, (_, i) => (4 << 16) | ((i >> 2) << 8) | (i & 3));
const START = Uint32Array.of(1, 2, 3, 2 ** 31, 5, 0, 0, 0);

const ONCE = { rounds: 1, alone: false };

describe('subgroupResults()', () => {
  it.each([
    ['reduce', [2 ** 31 + 7, 2 ** 31 + 8, 2 ** 31 + 9, 6, 10, 5, 5, 5]],
    ['scan', [1, 3, 6, 2 ** 31 + 6, 5, 5, 5, 5]],
    ['shuffle', [3, 10, 2 ** 31 + 1, 8, 1, 1, 1, 36]],
    ['ballot', [1664533, 3329058, 4993583, 2 ** 31 + 8, 8322625, 0, 0, 0]],
    ['broadcast', [4, 5, 6, 2 ** 31 + 3, 16, 11, 11, 11]],
  ] as const)('makes one %s in each subgroup', (operation, ends) => {
    expect([...subgroupResults(operation, START, PLACES, ONCE)]).toEqual(ends);
  });

  it('adds the number of the workgroup', () => {
    const results = subgroupResults('scan', START, Uint32Array.of(...PLACES, ...PLACES), ONCE);
    expect([...results.subarray(8)]).toEqual([...results.subarray(0, 8)].map((value) => value + 1));
  });

  it('follows the places of each workgroup', () => {
    const results = subgroupResults('scan', START, Uint32Array.of(...PLACES, ...PLACES.toReversed()), ONCE);
    expect([...results.subarray(8)]).toEqual([
      ...[2 ** 31 + 7, 2 ** 31 + 6, 2 ** 31 + 4, 2 ** 31 + 1],
      ...[6, 1, 1, 1],
    ]);
  });

  it('leaves all but the first subgroup where it began, where that is alone', () => {
    const results = subgroupResults('scan', START, PLACES, { rounds: 1, alone: true });
    expect([...results]).toEqual([1, 3, 6, 2 ** 31 + 6, 5, 0, 0, 0]);
  });

  it('gives nothing that could equal a result where places are implausible', () => {
    expect(subgroupResults('scan', START, new Uint32Array(8), ONCE)).toHaveLength(0);
  });
});
