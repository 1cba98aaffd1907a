// Whether a queue is of use: the proof that a device is one is that something submitted to it ends.
import { check, handleArray, type LogicalDevice, outHandle, struct, vk } from 'guestmark/vulkan';

const LIMIT_NS = 10e9;

/** Submits nothing but a fence, and waits for it; false where it was not signalled within 10 s. */
export function queueWorks({ commands, handle }: Pick<LogicalDevice, 'commands' | 'handle'>, queue: bigint) {
  const out = outHandle();
  const info = struct('VkFenceCreateInfo', {});
  check('vkCreateFence', commands.vkCreateFence(handle, info.memory, null, out.memory));
  const fence = out.value;
  const submitted = commands.vkQueueSubmit(queue, 0, null, fence);
  if (submitted < 0) commands.vkDestroyFence(handle, fence, null);
  check('vkQueueSubmit', submitted);
  const code = commands.vkWaitForFences(handle, 1, handleArray([fence]), 1, LIMIT_NS);
  // A fence that is still waited for must not be destroyed.
  if (check('vkWaitForFences', code) !== vk.VK_SUCCESS) return false;
  commands.vkDestroyFence(handle, fence, null);
  return true;
}
