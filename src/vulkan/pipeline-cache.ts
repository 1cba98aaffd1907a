// The VkPipelineCache of a device: pipelines that are made again in one process need not be compiled
// again. Its data can be saved; whether to is the caller's decision.
import type { LogicalDevice } from './logical-device.ts';
import { outHandle, struct } from './struct.ts';
import { check } from './vulkan-error.ts';

/** A VkPipelineCache. Disposing destroys it. */
export interface PipelineCache extends Disposable {
  readonly handle: bigint;
  /** vkGetPipelineCacheData: opaque bytes for the same device and driver. */
  data(): Uint8Array;
}

/** Creates a cache, empty or from earlier `data` (drivers ignore data that is not theirs). */
export function createPipelineCache(device: LogicalDevice, data?: Uint8Array): PipelineCache {
  const { commands, handle: owner } = device;
  const info = struct('VkPipelineCacheCreateInfo', {
    initialDataSize: data?.byteLength ?? 0,
    pInitialData: data === undefined ? null : new Uint8Array(data),
  });
  const out = outHandle();
  check('vkCreatePipelineCache', commands.vkCreatePipelineCache(owner, info.memory, null, out.memory));
  const handle = out.value;
  return {
    handle,
    data: () => readData(device, handle),
    [Symbol.dispose]: () => {
      if (!device.abandoned) commands.vkDestroyPipelineCache(owner, handle, null);
    },
  };
}

function readData({ commands, handle: owner }: LogicalDevice, cache: bigint): Uint8Array {
  const size = new BigUint64Array(1);
  const memory = size.buffer as ArrayBuffer;
  check('vkGetPipelineCacheData', commands.vkGetPipelineCacheData(owner, cache, memory, null));
  const data = new ArrayBuffer(Number(size[0]));
  check('vkGetPipelineCacheData', commands.vkGetPipelineCacheData(owner, cache, memory, data));
  return new Uint8Array(data, 0, Number(size[0]));
}
