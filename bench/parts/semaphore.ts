// VkSemaphores of host benchmarks, binary and timeline, freed with their case.
import { GuestmarkError, type HostContext } from 'guestmark';
import { checkAlive, type LogicalDevice, outHandle, struct, vk } from 'guestmark/vulkan';

/** A binary semaphore, not signalled. */
export function binarySemaphore(device: LogicalDevice, scope: HostContext['scope']): bigint {
  return createSemaphore(device, scope, struct('VkSemaphoreCreateInfo').memory);
}

/**
 * A timeline semaphore of the value 0; the feature timelineSemaphore must be there.
 *
 * @throws GuestmarkError (unsupported) where its commands are not those of Vulkan itself, but of an extension.
 */
export function timelineSemaphore(device: LogicalDevice, scope: HostContext['scope']): bigint {
  const { instance, info } = device;
  const need = 'the commands of timeline semaphores need Vulkan 1.2, and';
  if (/^1\.[01]\./.test(info.apiVersion)) throw unsupported(`${need} the device has ${info.apiVersion}`);
  // The device may offer more than the loader of this system.
  if (instance.apiVersion < vk.VK_API_VERSION_1_2) throw unsupported(`${need} the Vulkan loader is older`);
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

function unsupported(state: string): GuestmarkError {
  return new GuestmarkError('unsupported', `Cannot use a timeline semaphore: ${state}`);
}
