import { describe, expect, it } from 'vitest';
import { nearNames } from '../../src/suite/near-names.ts';

const NAMES = ['copy', 'copy-h2d', 'fma-f32', 'fma-f64', 'histogram-shared', 'add-f32', 'triad'];

describe('nearNames()', () => {
  it.each([
    ['copy-d2', ['copy-h2d']],
    ['traid', ['triad']],
    ['tria', ['triad']],
    ['FMA', ['fma-f32', 'fma-f64']],
    ['fma-f16', ['fma-f32', 'fma-f64']],
    ['fma-bf16', ['fma-f32', 'fma-f64']],
    ['histogramm', ['histogram-shared']],
    ['nothing-like-it', []],
  ])('for %s are %j', (word, names) => {
    expect(nearNames(word, NAMES)).toEqual(names);
  });

  it('are no more than a glance takes', () => {
    const many = Array.from({ length: 50 }, (_, index) => `sgemm-${index}`);
    expect(nearNames('sgemm', many)).toHaveLength(8);
  });
});
