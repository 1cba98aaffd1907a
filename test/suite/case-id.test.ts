import { describe, expect, it } from 'vitest';
import { makeCase } from '../../src/suite/case-id.ts';
import { benchmark } from './benchmarks.ts';

describe('makeCase()', () => {
  it('writes the axes in the order of their declaration, with binary suffixes', () => {
    const one = benchmark({ name: 'copy', axes: { n: [1], WORKGROUP_SIZE: [1], a: [1] } });
    expect(makeCase(one, { a: 0.5, WORKGROUP_SIZE: 256, n: 4 * 2 ** 20 }).id).toBe(
      'copy[n=4Mi,WORKGROUP_SIZE=256,a=0.5]',
    );
  });

  it('is just the name where there are no axes', () => {
    expect(makeCase(benchmark({ name: 'empty-submit', axes: {} }), {}).id).toBe('empty-submit');
  });
});
