// What every binding must do to run kernels and transfers.
import { expect, it } from 'vitest';
import * as vk from '../../src/vulkan/registry/constants.ts';
import { handleArray, outHandle, struct, structArray } from '../../src/vulkan/struct.ts';
import { rawCommandBuffer, rawDescriptorSet, rawKernel, recordDispatch } from './raw-kernel.ts';
import { type RawDevice, rawBuffer, rawFence, rawQueryPool, succeed } from './raw-vulkan.ts';

const ONE_SECOND_NS = 1_000_000_000n;

/** Declares the tests; `close` destroys everything, so that messages of the destruction count too. */
export function computeTests(openDevice: () => RawDevice, close: () => void): void {
  it('computes with specialization and push constants, timed by the device, without a validation message', () => {
    const raw = openDevice();
    const { on, device, queue } = raw;
    const count = 1000;
    const [input, output] = [rawBuffer(raw, 4 * count), rawBuffer(raw, 4 * count)];
    const values = Uint32Array.from({ length: count }, (_, index) => index * index);
    new Uint32Array(input.bytes).set(values);
    const kernel = rawKernel(raw, 3);
    const set = rawDescriptorSet(raw, kernel.setLayout, [input, output]);
    const [queries, done, commandBuffer] = [rawQueryPool(raw), rawFence(raw), rawCommandBuffer(raw)];
    recordDispatch(raw, commandBuffer, kernel, set, { count: count - 1, addend: 7, queries });

    const fences = handleArray([done]);
    const submit = struct('VkSubmitInfo', { commandBufferCount: 1, pCommandBuffers: [commandBuffer] }).memory;
    // Three times: the objects of a timed loop are used again.
    for (let round = 0; round < 3; round++) {
      expect(on.vkGetFenceStatus(device, done)).toBe(vk.VK_NOT_READY);
      succeed(on.vkQueueSubmit(queue, 1, submit, done));
      expect(on.vkWaitForFences(device, 1, fences, vk.VK_TRUE, 10n * ONE_SECOND_NS)).toBe(vk.VK_SUCCESS);
      expect(on.vkGetFenceStatus(device, done)).toBe(vk.VK_SUCCESS);
      succeed(on.vkResetFences(device, 1, fences));
    }

    const expected = [...values].map((value) => value * 3 + 7);
    expect([...new Uint32Array(output.bytes)]).toEqual([...expected.slice(0, -1), 0]);
    const ticks = new BigUint64Array(2);
    const flags = vk.VK_QUERY_RESULT_64_BIT | vk.VK_QUERY_RESULT_WAIT_BIT;
    succeed(on.vkGetQueryPoolResults(device, queries, 0, 2, 16, ticks.buffer, 8, flags));
    expect(ticks[1]).toBeGreaterThan(ticks[0] as bigint);
    close();
    expect(raw.messages).toEqual([]);
  });

  it('copies, fills and updates buffers', () => {
    const raw = openDevice();
    const { on, queue } = raw;
    const [from, to] = [rawBuffer(raw, 64), rawBuffer(raw, 64)];
    new Uint32Array(from.bytes).set([1, 2, 3, 4]);
    const commandBuffer = rawCommandBuffer(raw);
    succeed(on.vkBeginCommandBuffer(commandBuffer, struct('VkCommandBufferBeginInfo').memory));
    const regions = structArray('VkBufferCopy', [{ size: 8 }, { srcOffset: 8, dstOffset: 32, size: 8 }]);
    on.vkCmdCopyBuffer(commandBuffer, from.buffer, to.buffer, regions.count, regions.memory);
    on.vkCmdFillBuffer(commandBuffer, to.buffer, 48, 8, 0xffff_fffe);
    on.vkCmdUpdateBuffer(commandBuffer, to.buffer, 56, 8, new Uint32Array([9, 10]).buffer);
    succeed(on.vkEndCommandBuffer(commandBuffer));
    const submit = struct('VkSubmitInfo', { commandBufferCount: 1, pCommandBuffers: [commandBuffer] });
    succeed(on.vkQueueSubmit(queue, 1, submit.memory, 0n));
    succeed(on.vkQueueWaitIdle(queue));
    const expected = [1, 2, 0, 0, 0, 0, 0, 0, 3, 4, 0, 0, 0xffff_fffe, 0xffff_fffe, 9, 10];
    expect([...new Uint32Array(to.bytes)]).toEqual(expected);
    succeed(on.vkResetCommandBuffer(commandBuffer, 0));
    close();
    expect(raw.messages).toEqual([]);
  });

  it('dispatches as many workgroups as a buffer says', () => {
    const raw = openDevice();
    const { on, queue } = raw;
    const [input, output, groups] = [rawBuffer(raw, 1024), rawBuffer(raw, 1024), rawBuffer(raw, 12)];
    new Uint32Array(groups.bytes).set([2, 1, 1]);
    const kernel = rawKernel(raw, 1);
    const set = rawDescriptorSet(raw, kernel.setLayout, [input, output]);
    const commandBuffer = rawCommandBuffer(raw);
    recordDispatch(raw, commandBuffer, kernel, set, {
      count: 256,
      addend: 5,
      queries: rawQueryPool(raw),
      groups,
    });
    const submit = struct('VkSubmitInfo', { commandBufferCount: 1, pCommandBuffers: [commandBuffer] });
    succeed(on.vkQueueSubmit(queue, 1, submit.memory, 0n));
    succeed(on.vkQueueWaitIdle(queue));
    const written = new Uint32Array(output.bytes);
    expect([written[0], written[127], written[128]]).toEqual([5, 5, 0]);
    close();
    expect(raw.messages).toEqual([]);
  });

  it('gives VK_TIMEOUT for a fence that nothing signals', () => {
    const raw = openDevice();
    const fences = handleArray([rawFence(raw), rawFence(raw)]);
    expect(raw.on.vkWaitForFences(raw.device, 2, fences, vk.VK_FALSE, 1000)).toBe(vk.VK_TIMEOUT);
  });

  it('round-trips the data of a pipeline cache', () => {
    const raw = openDevice();
    const { on, device, scope } = raw;
    const create = (data: ArrayBuffer | null): bigint => {
      const out = outHandle();
      const info = struct('VkPipelineCacheCreateInfo', {
        initialDataSize: data?.byteLength ?? 0,
        pInitialData: data,
      });
      succeed(on.vkCreatePipelineCache(device, info.memory, null, out.memory));
      const cache = out.value;
      scope.defer(() => on.vkDestroyPipelineCache(device, cache, null));
      return cache;
    };
    const dataOf = (cache: bigint): ArrayBuffer => {
      const size = new BigUint64Array(1);
      succeed(on.vkGetPipelineCacheData(device, cache, size.buffer, null));
      const data = new ArrayBuffer(Number(size[0]));
      succeed(on.vkGetPipelineCacheData(device, cache, size.buffer, data));
      return data;
    };
    const cache = create(null);
    rawKernel(raw, 2, cache);
    const data = dataOf(cache);
    // VkPipelineCacheHeaderVersionOne: its length, then VK_PIPELINE_CACHE_HEADER_VERSION_ONE.
    expect([...new Uint32Array(data, 0, 2)]).toEqual([32, 1]);
    expect(new Uint8Array(dataOf(create(data)))).toEqual(new Uint8Array(data));
    expect(raw.messages).toEqual([]);
  });
}
