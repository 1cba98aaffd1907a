import { describe, expect, it } from 'vitest';
import { memberNames, namedScalarsOf } from '../../src/definition/define-bindings.ts';
import { array, binding, block, kernelOf, places, push } from './interfaces.ts';

describe('namedScalarsOf()', () => {
  it('names the elements of an array of fixed length by their index', () => {
    const pairs = binding('p', {
      headerBytes: 8,
      headerScalars: places('a:uint'),
      elementCount: 2,
      elementBytes: 8,
      elementScalars: places('x:float, y:float'),
    });
    expect(namedScalarsOf(pairs).map(({ name, offset }) => [name, offset])).toEqual([
      ['a', 0],
      ['p[0].x', 8],
      ['p[0].y', 12],
      ['p[1].x', 16],
      ['p[1].y', 20],
    ]);
    const plain = binding('f', { elementCount: 2 });
    expect(namedScalarsOf(plain).map(({ name }) => name)).toEqual(['f[0]', 'f[1]']);
    const rows = binding('r', {
      elementCount: 1,
      elementScalars: [{ name: '[3]', type: 'float', offset: 0 }],
    });
    expect(namedScalarsOf(rows).map(({ name }) => name)).toEqual(['r[0][3]']);
  });

  it('names no elements of a runtime array, nor of a very long one', () => {
    expect(namedScalarsOf(array('x', 'float'))).toEqual([]);
    expect(namedScalarsOf(binding('x', { elementCount: 2 ** 40 }))).toEqual([]);
  });
});

describe('memberNames()', () => {
  const kernel = kernelOf({
    pushConstants: [push('color', 'float', 'xy')],
    bindings: [block('b', 'n:uint, m[0]:float, m[1]:float')],
  });

  it('gives the scalars of a path, or all members', () => {
    expect(memberNames(kernel, 'color')).toEqual(['color.x', 'color.y']);
    expect(memberNames(kernel, 'm[1]')).toEqual(['m[1]']);
    expect(memberNames(kernel, null)).toEqual(['color', 'n', 'm']);
  });
});
