import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortTogether } from '../../src/stats/sort-together.ts';

describe('sortTogether()', () => {
  it('sorts the keys and keeps every pair together', () => {
    const pair = fc.tuple(fc.double({ noNaN: true }), fc.nat());
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 70 }), (pairs) => {
        const keys = Float64Array.from(pairs, ([key]) => key + 0);
        const others = Float64Array.from(pairs, ([, other]) => other);
        const before = Array.from(keys, (key, i) => `${key} ${others[i]}`).sort();
        sortTogether(keys, others);
        expect(keys).toEqual(keys.slice().sort());
        expect(Array.from(keys, (key, i) => `${key} ${others[i]}`).sort()).toEqual(before);
      }),
    );
  });

  it('sorts a thousand, none of them twice', () => {
    const keys = Float64Array.from({ length: 1000 }, (_, i) => (i * 0.618034) % 1);
    const others = keys.map((key) => -key);
    sortTogether(keys, others);
    expect(others).toEqual(keys.map((key) => -key));
  });
});
