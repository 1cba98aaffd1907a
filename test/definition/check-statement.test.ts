import { describe, expect, it } from 'vitest';
import {
  array,
  binding,
  block,
  constant,
  defined,
  image,
  kernelOf,
  messageOf,
  push,
  said,
} from './interfaces.ts';

const kernel = kernelOf({
  bindings: [
    array('x', 'float', { use: 'read' }),
    binding('y'),
    array('z', 'float'),
    array('u', 'uint'),
    binding('fixed', { elementCount: 16 }),
    block('b', 'count:uint, sum:float'),
    image('img', '2d'),
  ],
  pushConstants: [push('scale', 'float')],
  constants: [constant(0, 'TILE')],
});
const SCALE = 'set scale = 1';

describe('checkStatement()', () => {
  it.each([
    ['fill w = zero', 'it has no binding "w"; it has x, y, z, u, fixed, b, img'],
    ['elements Y = n', 'it has no binding "Y"'],
    ['expect out = 1', 'it has no binding "out"'],
    ['expect y = equal to w', 'it has no binding "w"'],
    ['expect y = equal to y', '"y" is always equal to itself; name another binding'],
    ['expect y = equal to u', '"y" and "u" are of different types; compare with a file'],
    ['expect x = 1', 'it does not write to "x"; it writes to y, z, u, fixed, b, img'],
    ['elements fixed = 4', 'the size of "fixed" is fixed by the shader; leave its elements out'],
    ['elements b = 4', 'the size of "b" is fixed by the shader'],
    ['elements y = 4, 4', '"y" takes 1 size and gets 2'],
    ['elements img = 4', '"img" takes 2 sizes and gets 1'],
    ['set a = 1', 'it has no push constant or member "a"; it has scale, fixed, count, sum'],
    ['set sum.x = 1', 'it has no push constant or member "sum.x"'],
    ['set TILE = 1', '"TILE" is a specialization constant; write axis TILE = …'],
    ['set toString = 1', 'it has no push constant or member "toString"'],
  ])('refuses %s: %s', (text, state) => {
    expect(messageOf(() => defined(kernel, [SCALE, text]))).toContain(
      `Cannot define a benchmark of my.comp (my.comp:4): ${state}`,
    );
  });

  it('says where it was said', () => {
    expect(messageOf(() => defined(kernel, [SCALE, said('command line', 'fill w = zero')]))).toContain(
      'my.comp (command line): ',
    );
  });

  it.each([
    'expect y = equal to x',
    'expect y = equal to z',
    'elements img = 8, 8',
    'set fixed[3] = 1',
    'set sum = 1',
  ])('has nothing against %s', (text) => {
    expect(defined(kernel, [SCALE, text]).name.value).toBe('my');
  });
});
