import { describe, expect, it } from 'vitest';
import { numberStore } from '../../src/evidence/number-store.ts';

describe('numberStore()', () => {
  it('keeps copies, divided and without null', () => {
    const store = numberStore();
    const values = [10, null, 30];
    const kept = store.keep(values, 10);
    values[0] = 0;
    expect(kept).toEqual(Float64Array.of(1, 3));
    expect(store.keep([null])).toHaveLength(0);
  });

  it('never overwrites what it has returned, also where an array is longer than a piece of memory', () => {
    const store = numberStore();
    const arrays = Array.from({ length: 300 }, (_, i) =>
      store.keep(Float64Array.from({ length: 700 }, () => i)),
    );
    const long = store.keep(new Float64Array(200_000).fill(-1));
    arrays.push(store.keep([300]));
    expect(arrays.every((array, i) => array.every((value) => value === i))).toBe(true);
    expect(long.every((value) => value === -1)).toBe(true);
  });

  it('shares memory', () => {
    const store = numberStore();
    expect(store.keep([1]).buffer).toBe(store.keep([2]).buffer);
  });

  it('keeps once what is the same as something that was kept', () => {
    const store = numberStore();
    const kept = store.keep([1, 2]);
    expect(store.keepOnce(Float64Array.of(1, 2), [undefined, kept])).toBe(kept);
    expect(store.keepOnce(Float64Array.of(1, 3), [kept])).toEqual(Float64Array.of(1, 3));
    expect(store.keepOnce(Float64Array.of(1), [kept])).toHaveLength(1);
  });
});
