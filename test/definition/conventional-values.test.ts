import { describe, expect, it } from 'vitest';
import type { ScalarTypeName } from '../../src/shader/kernel-interface.ts';
import { array, binding, constant, defined, image, kernelOf, push } from './interfaces.ts';

const values = (...parameters: Parameters<typeof defined>) =>
  Object.fromEntries(Object.entries(defined(...parameters).axes).map(([name, { value }]) => [name, value]));

const MI = 2 ** 20;

function kernelWith(localSize: number, elementBytes: number, type: ScalarTypeName = 'float') {
  const one = { value: 1, constantId: null };
  const bindings = [array('y', type, { elementBytes })];
  return kernelOf({ localSize: [{ value: localSize, constantId: null }, one, one], bindings });
}

describe('conventionalValues()', () => {
  it.each([
    // One above 65,535 workgroups would be the next power of two.
    [1, 4, 32768],
    [64, 4, 2 * MI],
    [1024, 4, 4 * MI],
    [64, 16, 2 * MI],
    [1024, 16, 4 * MI],
    [1024, 64, 2 * MI],
    [1024, 4096, 32768],
    [1, 64, 32768],
  ])('choose n for a local size of %d and elements of %d bytes: %d', (localSize, elementBytes, n) => {
    expect(values(kernelWith(localSize, elementBytes))).toEqual({ n: [n] });
  });

  it('choose what fits for all values of other axes', () => {
    const kernel = kernelWith(1024, 4);
    expect(values(kernel, ['axis k = 1, 64, 2', 'elements y = n * k'])).toEqual({
      n: [512 * 1024],
      k: [1, 64, 2],
    });
    const many = ['axis a = 1..100', 'axis b = 1..100', 'elements y = n * a * b'];
    expect(values(kernel, many).n).toEqual([2 ** 11]);
  });

  it('look at the local size that axes choose', () => {
    const one = { value: 1, constantId: null };
    const kernel = kernelOf({
      localSize: [{ value: 256, constantId: 0 }, one, one],
      constants: [constant(0, 'SIZE', 256)],
    });
    expect(values(kernel)).toEqual({ n: [4 * MI], SIZE: [256] });
    expect(values(kernel, ['axis SIZE = 1, 256'])).toEqual({ n: [32768], SIZE: [1, 256] });
  });

  it.each([
    [image('i', '1d', 'r8'), { n: [4096] }],
    [image('i', '2d', 'rgba32f'), { width: [1024], height: [1024] }],
    [image('i', '3d', 'r8'), { width: [256], height: [256], depth: [16] }],
  ])('give images sides that every device has', (one, expected) => {
    expect(values(kernelOf({ bindings: [one] }))).toEqual(expected);
  });

  it('leave out what nothing uses', () => {
    expect(values(kernelOf(), ['elements y = 64', 'items 64'])).toEqual({});
    const fixed = binding('y', { elementCount: 64 });
    expect(values(kernelOf({ bindings: [fixed] }), ['groups 1'])).toEqual({});
    expect(values(kernelOf({ bindings: [fixed], pushConstants: [push('n')] }), ['groups 1'])).toEqual({
      n: [4 * MI],
    });
  });

  it('choose something where nothing fits: the plan tells why', () => {
    expect(values(kernelOf(), ['items n * 1Gi'])).toEqual({ n: [4 * MI] });
  });
});
