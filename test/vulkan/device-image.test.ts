// Images of every kind on lavapipe, and what a device may lack, which lavapipe does not.
import { describe, expect, it } from 'vitest';
import { IMAGE_FORMATS } from '../../src/vulkan/image-format.ts';
import { openDevice } from '../../src/vulkan/open-device.ts';
import { VK_ERROR_FORMAT_NOT_SUPPORTED } from '../../src/vulkan/registry/constants.ts';
import { openVulkanDevice } from '../../src/vulkan/vulkan-device.ts';
import { changedInstance } from './changed-commands.ts';

describe('createDeviceImage()', () => {
  it('has images of every format and dimension', () => {
    using opened = openDevice({ match: 'llvmpipe' });
    const cases = Object.keys(IMAGE_FORMATS).flatMap((format) =>
      (['1d', '2d', '3d'] as const).map((dimensions) => ({ format, dimensions })),
    );
    for (const { format, dimensions } of cases) {
      const extent = [3, dimensions === '1d' ? 1 : 5, dimensions === '3d' ? 2 : 1] as const;
      using image = opened.device.createImage({ name: 'i', format, dimensions, extent });
      const texels = Uint8Array.from({ length: image.bytes }, (_, index) => index % 0x78);
      image.write(texels);
      const into = new Uint8Array(image.bytes);
      image.read(into);
      expect({ format, dimensions, into }).toEqual({ format, dimensions, into: texels });
    }
  });

  it.each([
    [
      'a format that it does not store',
      { vkGetPhysicalDeviceFormatProperties: () => undefined },
      'the device has no storage images of format r16f',
    ],
    [
      'a format that it does not store in these dimensions',
      { vkGetPhysicalDeviceImageFormatProperties: () => VK_ERROR_FORMAT_NOT_SUPPORTED },
      'the device has no 2d storage images of format r16f',
    ],
    [
      'more texels than it allows for the format',
      { vkGetPhysicalDeviceImageFormatProperties: () => 0 },
      'the device allows at most 0 × 0 × 0 texels of its kind',
    ],
  ])('refuses %s before it creates anything', (_, without, state) => {
    using changed = changedInstance({});
    const commands = { ...changed.instance.commands, ...without };
    using device = openVulkanDevice({ ...changed.instance, commands }, changed.lavapipe);
    expect(() =>
      device.createImage({ name: 'i', format: 'r16f', dimensions: '2d', extent: [4, 4, 1] }),
    ).toThrow(`Cannot create image "i": ${state}`);
    expect(changed.calls('vkCreateImage')).toBe(0);
  });

  it('leaves nothing behind when a part of it cannot be made', () => {
    using changed = changedInstance({ vkCreateImageView: () => -1 });
    using device = openVulkanDevice(changed.instance, changed.lavapipe);
    const request = { name: 'i', format: 'r32f', dimensions: '2d', extent: [4, 4, 1] } as const;
    expect(() => device.createImage(request)).toThrow('vkCreateImageView');
    expect([changed.calls('vkDestroyImage'), changed.calls('vkFreeMemory')]).toEqual([1, 1]);
  });
});
