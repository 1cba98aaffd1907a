// What host benchmarks submit: command buffers, fences and submit infos in raw Vulkan, each freed with its case.
import type { HostContext } from 'guestmark';
import { check, type LogicalDevice, outHandle, type Struct, struct, vk } from 'guestmark/vulkan';

type Owner = Pick<HostContext['scope'], 'defer' | 'use'>;

/** A primary command buffer with what `record` put into it; it may be submitted again and again. */
export function commandBuffer(
  device: LogicalDevice,
  scope: Owner,
  record: (commandBuffer: bigint) => void = () => undefined,
): bigint {
  const { commands, handle, commandPool } = device;
  const out = outHandle();
  const allocateInfo = struct('VkCommandBufferAllocateInfo', {
    commandPool,
    level: vk.VK_COMMAND_BUFFER_LEVEL_PRIMARY,
    commandBufferCount: 1,
  });
  check(
    'vkAllocateCommandBuffers',
    commands.vkAllocateCommandBuffers(handle, allocateInfo.memory, out.memory),
  );
  const buffer = out.value;
  scope.defer(() => {
    if (!device.abandoned) commands.vkFreeCommandBuffers(handle, commandPool, 1, out.memory);
  });
  check(
    'vkBeginCommandBuffer',
    commands.vkBeginCommandBuffer(buffer, struct('VkCommandBufferBeginInfo').memory),
  );
  record(buffer);
  check('vkEndCommandBuffer', commands.vkEndCommandBuffer(buffer));
  return buffer;
}

/** The submit info of command buffers. */
export function submitInfo(commandBuffers: ArrayBuffer): Struct<'VkSubmitInfo'> {
  return struct('VkSubmitInfo', {
    commandBufferCount: commandBuffers.byteLength / 8,
    pCommandBuffers: commandBuffers,
  });
}
