// The VkPipelineCache of a device: pipelines that are made again in one process need not be compiled
// again. It is never saved: a run starts without what an earlier one left.
import { checkAlive } from './check-alive.ts';
import type { LogicalDevice } from './logical-device.ts';
import { outHandle, struct } from './struct.ts';

/** A VkPipelineCache. Disposing destroys it. */
export interface PipelineCache extends Disposable {
  readonly handle: bigint;
}

/** Creates an empty cache. */
export function createPipelineCache(device: LogicalDevice): PipelineCache {
  const { commands, handle: owner } = device;
  const info = struct('VkPipelineCacheCreateInfo', {});
  const out = outHandle();
  checkAlive(
    device,
    'vkCreatePipelineCache',
    commands.vkCreatePipelineCache(owner, info.memory, null, out.memory),
  );
  const handle = out.value;
  return {
    handle,
    [Symbol.dispose]: () => {
      if (!device.abandoned) commands.vkDestroyPipelineCache(owner, handle, null);
    },
  };
}
