// Records, submits and waits once: for copies outside of any measurement.

import { Scope } from '../base/scope.ts';
import { barrierBetweenSteps, barrierToCpu } from './barrier.ts';
import { checkAlive } from './check-alive.ts';
import { recordCommandBuffer } from './command-buffer.ts';
import { createFence } from './fence.ts';
import type { LogicalDevice } from './logical-device.ts';
import { handleArray, struct } from './struct.ts';

/** Copies of the suite are far shorter; a device that takes longer hangs. */
const LIMIT_NS = 60e9;

/** Runs the recorded commands, ordered after everything submitted before and visible to the CPU after. */
export function submitOnce(device: LogicalDevice, record: (commandBuffer: bigint) => void): void {
  using scope = new Scope();
  const commandBuffer = scope.use(
    recordCommandBuffer(device, (handle) => {
      barrierBetweenSteps(device, handle);
      record(handle);
      barrierToCpu(device, handle);
    }),
  );
  const fence = scope.use(createFence(device));
  const submit = struct('VkSubmitInfo', {
    commandBufferCount: 1,
    pCommandBuffers: handleArray([commandBuffer.handle]),
  });
  checkAlive(
    device,
    'vkQueueSubmit',
    device.commands.vkQueueSubmit(device.queue, 1, submit.memory, fence.handle),
  );
  fence.wait('block', LIMIT_NS);
}
