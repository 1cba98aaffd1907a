import { describe, expect, it } from 'vitest';
import { checkExtent, IMAGE_FORMATS, imageBytes } from '../../src/vulkan/image-format.ts';
import * as vk from '../../src/vulkan/registry/constants.ts';
import { openSimulatedDevice } from '../../src/vulkan/simulated-device.ts';

const { info } = openSimulatedDevice();

describe('IMAGE_FORMATS', () => {
  // The VkFormat's own name says how large a component is and how many there are.
  it.each(Object.entries(IMAGE_FORMATS))('%s has the size that its VkFormat says', (_, format) => {
    const [name = ''] =
      Object.entries(vk).find(([key, value]) => key.startsWith('VK_FORMAT_') && value === format.vkFormat) ??
      [];
    const bits = [...name.matchAll(/[RGBA](\d+)/g)].map(([, width]) => Number(width));
    expect(format.texelBytes).toBe(bits.reduce((sum, width) => sum + width, 0) / 8);
    if (!name.endsWith('PACK32')) expect(format.components).toBe(bits.length);
    expect(format.sampledType).toBe(name.includes('UINT') ? 'uint' : name.includes('SINT') ? 'int' : 'float');
  });
});

describe('checkExtent()', () => {
  it('names the limit and what to lower', () => {
    expect(() =>
      checkExtent(info, { name: 'i', format: 'r32f', dimensions: '3d', extent: [257, 1, 1] }),
    ).toThrow(
      expect.objectContaining({
        message:
          'Cannot create image "i": 257 × 1 × 1 texels are more than the device\'s maxImageDimension3D of 256',
        hint: 'lower the size axis of the benchmark',
      }),
    );
    expect(() =>
      checkExtent(info, { name: 'i', format: 'r32f', dimensions: '1d', extent: [257, 1, 1] }),
    ).not.toThrow();
  });
});

it('imageBytes() counts all texels', () => {
  expect(imageBytes({ name: 'i', format: 'rgba16f', dimensions: '3d', extent: [2, 3, 5] })).toBe(240);
});
