// VkSemaphores of host benchmarks, binary and timeline, freed with their case.
import type { HostContext } from 'guestmark';
import { checkAlive, type LogicalDevice, outHandle, struct, vk } from 'guestmark/vulkan';

/** A binary semaphore, not signalled. */
export function binarySemaphore(device: LogicalDevice, scope: HostContext['scope']): bigint {
  return createSemaphore(device, scope, struct('VkSemaphoreCreateInfo').memory);
}

/** A timeline semaphore of the value 0; the feature timelineSemaphore must be there. */
export function timelineSemaphore(device: LogicalDevice, scope: HostContext['scope']): bigint {
  const pNext = struct('VkSemaphoreTypeCreateInfo', {
    semaphoreType: vk.VK_SEMAPHORE_TYPE_TIMELINE,
    initialValue: 0n,
  });
  return createSemaphore(device, scope, struct('VkSemaphoreCreateInfo', { pNext }).memory);
}

function createSemaphore(device: LogicalDevice, scope: HostContext['scope'], info: ArrayBuffer): bigint {
  const { commands, handle } = device;
  const out = outHandle();
  checkAlive(device, 'vkCreateSemaphore', commands.vkCreateSemaphore(handle, info, null, out.memory));
  const semaphore = out.value;
  scope.defer(() => {
    if (!device.abandoned) commands.vkDestroySemaphore(handle, semaphore, null);
  });
  return semaphore;
}
