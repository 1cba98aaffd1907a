import { describe, expect, it } from 'vitest';
import { conventionalElements, conventionalSize, reads, writes } from '../../src/definition/conventions.ts';
import { array, binding, block, image, kernelOf } from './interfaces.ts';

const texts = (along: readonly { readonly text: string }[] | null) => along?.map(({ text }) => text) ?? null;

describe('conventionalElements()', () => {
  it.each([
    [array('x', 'float'), ['n']],
    [binding('x', { elementCount: 4 }), null],
    [block('x', 'a:uint'), null],
    [image('x', '1d'), ['n']],
    [image('x', '2d'), ['width', 'height']],
    [image('x', '3d'), ['width', 'height', 'depth']],
  ])('of %o are %j', (one, expected) => {
    expect(texts(conventionalElements(one))).toEqual(expected);
  });
});

describe('conventionalSize()', () => {
  it('is one invocation for each texel of the first image written, else for each element', () => {
    const read = { ...image('in', '3d'), use: 'read' as const };
    const of = (...bindings: Parameters<typeof writes>[0][]) =>
      texts(conventionalSize(kernelOf({ bindings })).along);
    expect(of(binding('y'), read, image('out', '2d'), image('other', '3d'))).toEqual(['width', 'height']);
    expect(of(binding('y'), read)).toEqual(['n']);
  });
});

describe('reads() and writes()', () => {
  it.each([
    ['none', false, false],
    ['read', true, false],
    ['write', false, true],
    ['read-write', true, true],
  ] as const)('follow what the code does: %s', (use, isRead, isWritten) => {
    const one = binding('x', { use });
    expect([reads(one), writes(one)]).toEqual([isRead, isWritten]);
    expect(writes({ ...one, kind: 'uniform' })).toBe(false);
  });
});
