import { expect, it } from 'vitest';
import type { BindingInterface, ImageInterface } from '../../src/shader/kernel-interface.ts';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { loadShippedKernel } from '../../src/shader/shipped.ts';
import { bindingObstacles, setCount } from '../../src/vulkan/kernel-bindings.ts';

const [x] = reflectKernel(loadShippedKernel('copy-w4')).bindings as [BindingInterface];
const image: ImageInterface = {
  dimensions: '2d',
  isArray: false,
  isMultisampled: false,
  format: null,
  sampledType: 'float',
};
const imageOf = (parts: Partial<ImageInterface>): Partial<BindingInterface> => ({
  kind: 'storage-image',
  image: { ...image, ...parts },
});

it.each<[Partial<BindingInterface>, string]>([
  [{ kind: 'sampler' }, 'sampler, set 0 binding 0'],
  [{ descriptorCount: null }, 'storage, set 0 binding 0, array of descriptors'],
  [{ descriptorCount: 4, set: 2 }, 'storage, set 2 binding 0, array of 4 descriptors'],
  [{ binding: 4294967295 }, 'storage, set 0 binding 4294967295, number above 65534'],
  [imageOf({ dimensions: 'cube' }), 'storage-image, set 0 binding 0, cube image'],
  [
    imageOf({ isArray: true, isMultisampled: true }),
    'storage-image, set 0 binding 0, array image, multisampled',
  ],
  [imageOf({ format: 'r64ui' }), 'storage-image, set 0 binding 0, format r64ui'],
])('bindingObstacles() of %j', (parts, words) => {
  expect(bindingObstacles([{ ...x, ...parts }])).toEqual([`binding "x" (${words})`]);
});

it.each([{}, { kind: 'uniform' } as const, imageOf({}), imageOf({ format: 'rgba32f' })])(
  'bindingObstacles() finds none in %j',
  (parts) => {
    expect(bindingObstacles([{ ...x, ...parts }])).toEqual([]);
  },
);

it('setCount() counts the holes too', () => {
  expect(setCount([])).toBe(0);
  expect(setCount([{ ...x, set: 3 }, x])).toBe(4);
});
