// A primary command buffer: allocated, recorded by a callback, freed by its owner.
import { checkAlive } from './check-alive.ts';
import type { LogicalDevice } from './logical-device.ts';
import { VK_COMMAND_BUFFER_LEVEL_PRIMARY } from './registry/constants.ts';
import { handleArray, outHandle, struct } from './struct.ts';

/** A recorded command buffer. Disposing frees it; it must not be pending then. */
export interface CommandBuffer extends Disposable {
  readonly handle: bigint;
}

/** Allocates a command buffer and records into it what `record` calls. */
export function recordCommandBuffer(
  device: LogicalDevice,
  record: (commandBuffer: bigint) => void,
): CommandBuffer {
  const { commands, handle: owner, commandPool } = device;
  const info = struct('VkCommandBufferAllocateInfo', {
    commandPool,
    level: VK_COMMAND_BUFFER_LEVEL_PRIMARY,
    commandBufferCount: 1,
  });
  const out = outHandle();
  checkAlive(
    device,
    'vkAllocateCommandBuffers',
    commands.vkAllocateCommandBuffers(owner, info.memory, out.memory),
  );
  const handle = out.value;
  const free = (): void => {
    if (!device.abandoned) commands.vkFreeCommandBuffers(owner, commandPool, 1, handleArray([handle]));
  };
  try {
    checkAlive(
      device,
      'vkBeginCommandBuffer',
      commands.vkBeginCommandBuffer(handle, struct('VkCommandBufferBeginInfo', {}).memory),
    );
    record(handle);
    checkAlive(device, 'vkEndCommandBuffer', commands.vkEndCommandBuffer(handle));
  } catch (error) {
    free();
    throw error;
  }
  return { handle, [Symbol.dispose]: free };
}
