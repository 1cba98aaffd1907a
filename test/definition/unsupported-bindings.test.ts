import { describe, expect, it } from 'vitest';
import { unsupportedBinding } from '../../src/definition/unsupported-bindings.ts';
import { binding, block, image } from './interfaces.ts';

describe('unsupportedBinding()', () => {
  it.each([
    [
      { ...image('tex'), kind: 'combined-image-sampler' as const },
      'binding "tex" (combined-image-sampler, set 0 binding 0) is not supported',
    ],
    [binding('x', { descriptorCount: 2 }), 'array of 2 descriptors) is not supported'],
    [image('img', '2d', null), 'image "img" declares no format, so its size is not known'],
  ])('names what cannot be made: %#', (one, state) => {
    expect(
      unsupportedBinding(one)
        .map((found) => found.state)
        .join(),
    ).toContain(state);
  });

  it('has nothing against buffers and images with a format', () => {
    const bindings = [binding('y'), image('img', '3d', 'rgba8'), block('u', 'a:float', { kind: 'uniform' })];
    expect(bindings.flatMap(unsupportedBinding)).toEqual([]);
  });
});
