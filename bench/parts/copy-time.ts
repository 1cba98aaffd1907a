// How long the device takes to copy one buffer onto another, by the clock of this machine: for the ratio of two such times.
import type { FigureEstimate, HostContext } from 'guestmark';
import { check, createFence, handleArray, type LogicalDevice, struct, vk } from 'guestmark/vulkan';
import { quartiles } from './quartiles.ts';
import { commandBuffer, submitInfo } from './raw-submission.ts';

/** Copies in one submission, so that submitting and waiting is little of it. */
const COPIES = 16;
const TRIALS = 5;
const LIMIT_NS = 10e9;

/** The two buffers and how much of them. */
export interface CopyPair {
  readonly from: bigint;
  readonly to: bigint;
  readonly bytes: number;
}

/** Median and quartiles of one copy of `bytes`, in ns. */
export function copyNs(device: LogicalDevice, host: HostContext, pair: CopyPair): FigureEstimate {
  const { commands, queue } = device;
  const recorded = commandBuffer(device, host.scope, (handle) => recordCopies(device, handle, pair));
  const { memory: submit } = submitInfo(handleArray([recorded]));
  using fence = createFence(device);
  const once = (): number => {
    const startNs = host.stamp.nowNs();
    check('vkQueueSubmit', commands.vkQueueSubmit(queue, 1, submit, fence.handle));
    fence.wait('block', LIMIT_NS);
    const ns = host.stamp.nowNs() - startNs;
    fence.reset();
    return ns / COPIES;
  };
  once();
  return quartiles(Array.from({ length: TRIALS }, once));
}

function recordCopies({ commands }: LogicalDevice, handle: bigint, { from, to, bytes }: CopyPair): void {
  const region = struct('VkBufferCopy', { size: bytes });
  const between = struct('VkMemoryBarrier', {
    srcAccessMask: vk.VK_ACCESS_TRANSFER_WRITE_BIT,
    dstAccessMask: vk.VK_ACCESS_TRANSFER_READ_BIT | vk.VK_ACCESS_TRANSFER_WRITE_BIT,
  });
  const stage = vk.VK_PIPELINE_STAGE_TRANSFER_BIT;
  for (let copy = 0; copy < COPIES; copy++) {
    commands.vkCmdPipelineBarrier(handle, stage, stage, 0, 1, between.memory, 0, null, 0, null);
    commands.vkCmdCopyBuffer(handle, from, to, 1, region.memory);
  }
}
