import { describe, expect, it } from 'vitest';
import { check, VulkanError } from '../../src/vulkan/vulkan-error.ts';

describe('check()', () => {
  it.each([0, 1, 2, 5])('lets the success code %i pass', (code) => {
    expect(check('vkCall', code)).toBe(code);
  });

  it('throws an error that names the call and the code, with a hint', () => {
    const error = new VulkanError('vkAllocateMemory', -2);
    expect(error).toMatchObject({
      code: 'vulkan',
      call: 'vkAllocateMemory',
      result: 'VK_ERROR_OUT_OF_DEVICE_MEMORY',
    });
    expect(error.message).toBe(
      'Cannot complete vkAllocateMemory: the driver returned VK_ERROR_OUT_OF_DEVICE_MEMORY',
    );
    expect(error.hint).toContain('lower the size');
    expect(() => check('vkAllocateMemory', -2)).toThrow(VulkanError);
  });

  it('says the number of a code it does not know', () => {
    expect(new VulkanError('vkCall', -123456).message).toContain('VkResult -123456');
  });
});
