import { describe, expect, it } from 'vitest';
import { shownUnits } from '../../src/report/shown-units.ts';

const one = (): number => 1;

describe('shownUnits()', () => {
  it.each([
    [{ bytes: one }, ['GB/s']],
    [{ flops: one, bytes: one, items: one }, ['GB/s', 'GFLOP/s']],
    [{ items: one }, ['items/s']],
    [{ items: one, bytes: one, itemName: 'keys' }, ['keys/s', 'GB/s']],
    [{ items: one, itemName: 'hops', showsItemTime: true }, ['ns per hop']],
    [{ items: one, itemName: 'passes', showsItemTime: true }, ['ns per pass']],
    [{ items: one, itemName: 'ops', bytes: one, showsItemTime: true }, ['ns per op']],
    [{}, ['time']],
  ])('of %o are %j', (stated, units) => {
    expect(shownUnits({ kind: 'throughput', ...stated })).toEqual(units);
  });

  it.each([
    [{ items: one }, ['time']],
    [{ bytes: one, items: one }, ['time', 'GB/s']],
    [{ items: one, itemName: 'submissions' }, ['time', 'submissions/s']],
    [{ items: one, itemName: 'hops', showsItemTime: true }, ['ns per hop']],
  ])('of a latency with %o are %j: the time first', (stated, units) => {
    expect(shownUnits({ kind: 'latency', ...stated })).toEqual(units);
  });
});
