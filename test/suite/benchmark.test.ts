import { describe, expect, it } from 'vitest';
import { defineBenchmark } from '../../src/suite/benchmark.ts';
import { benchmark } from './benchmarks.ts';

describe('defineBenchmark()', () => {
  it('freezes what it accepts', () => {
    expect(Object.isFrozen(defineBenchmark(benchmark()))).toBe(true);
  });

  it.each([
    ['a name that is no id', { name: 'My Benchmark' }],
    ['an axis without values', { axes: { n: [] } }],
    ['an axis with a value that is no number', { axes: { n: [Number.NaN] } }],
    ['an axis name that no selector could hold', { axes: { 'n=1': [1] } }],
    ['a suite that sets an undeclared axis', { suites: { quick: { m: [1] } } }],
  ])('refuses %s', (_, parts) => {
    expect(() => defineBenchmark(benchmark(parts))).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
