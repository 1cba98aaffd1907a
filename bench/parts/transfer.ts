// Copies between buffers in raw Vulkan, with barriers that every queue knows: one for transfers alone has no compute stage.
import type { HostContext } from 'guestmark';
import {
  type BoundBuffer,
  check,
  checkAlive,
  createFence,
  handleArray,
  type LogicalDevice,
  struct,
  structArray,
  vk,
} from 'guestmark/vulkan';
import { commandBuffer, submitInfo } from './raw-submission.ts';

const LIMIT_NS = 10e9;

const AFTER_TRANSFER = struct('VkMemoryBarrier', {
  srcAccessMask: vk.VK_ACCESS_TRANSFER_WRITE_BIT,
  dstAccessMask:
    vk.VK_ACCESS_TRANSFER_READ_BIT | vk.VK_ACCESS_TRANSFER_WRITE_BIT | vk.VK_ACCESS_HOST_READ_BIT,
});
const BEGIN = struct('VkCommandBufferBeginInfo');

/** A part of a buffer, and where it goes. */
export interface CopyRegion {
  readonly srcOffset?: number;
  readonly dstOffset?: number;
  readonly size: number;
}

/** Records a copy that later transfers and, after its fence, the CPU can see. */
export function recordCopy(
  device: LogicalDevice,
  commandBuffer: bigint,
  [from, to]: readonly [BoundBuffer, BoundBuffer],
  region: CopyRegion,
): void {
  const regions = structArray('VkBufferCopy', [{ srcOffset: 0, dstOffset: 0, ...region }]);
  device.commands.vkCmdCopyBuffer(commandBuffer, from.handle, to.handle, 1, regions.memory);
  recordBarrier(device, commandBuffer);
}

/** A word in all of the first bytes of a buffer. */
export interface WordFill {
  readonly bytes: number;
  readonly word: number;
}

/** Records that a buffer is filled from its start, visible as after {@link recordCopy}. */
export function recordFill(
  device: LogicalDevice,
  commandBuffer: bigint,
  { handle }: BoundBuffer,
  { bytes, word }: WordFill,
): void {
  device.commands.vkCmdFillBuffer(commandBuffer, handle, 0, bytes, word);
  recordBarrier(device, commandBuffer);
}

function recordBarrier({ commands }: LogicalDevice, commandBuffer: bigint): void {
  const from = vk.VK_PIPELINE_STAGE_TRANSFER_BIT;
  const to = from | vk.VK_PIPELINE_STAGE_HOST_BIT;
  commands.vkCmdPipelineBarrier(commandBuffer, from, to, 0, 1, AFTER_TRANSFER.memory, 0, null, 0, null);
}

/** Records a command buffer anew; it must not be at work. */
export function recordAgain(
  { commands }: LogicalDevice,
  commandBuffer: bigint,
  record: (commandBuffer: bigint) => void,
): void {
  check('vkBeginCommandBuffer', commands.vkBeginCommandBuffer(commandBuffer, BEGIN.memory));
  record(commandBuffer);
  check('vkEndCommandBuffer', commands.vkEndCommandBuffer(commandBuffer));
}

/** Records, submits and waits, outside of what is timed. */
export type TransferOnce = (record: (commandBuffer: bigint) => void) => void;

/** Makes a {@link TransferOnce} with a command buffer and a fence for all its calls. */
export function transferOnce(device: LogicalDevice, scope: HostContext['scope']): TransferOnce {
  const buffer = commandBuffer(device, scope);
  const { submit, wait, reset } = fencedSubmission(device, scope, [buffer]);
  return (record) => {
    recordAgain(device, buffer, record);
    submit(0);
    wait();
    reset();
  };
}

/** Recorded command buffers of one queue, of which one at a time is at work. */
export interface FencedSubmission {
  /** vkQueueSubmit of the command buffer at an index. */
  submit(index: number): void;
  /** Blocks until it ended. */
  wait(): void;
  /** vkResetFences. */
  reset(): void;
}

/** Prepares submissions that allocate nothing. */
export function fencedSubmission(
  device: LogicalDevice,
  scope: HostContext['scope'],
  commandBuffers: readonly bigint[],
): FencedSubmission {
  const { queue } = device;
  const { vkQueueSubmit } = device.commands;
  const fence = scope.use(createFence(device));
  const infos = commandBuffers.map((one) => submitInfo(handleArray([one])).memory);
  return {
    submit: (index) => {
      checkAlive(device, 'vkQueueSubmit', vkQueueSubmit(queue, 1, infos[index] as ArrayBuffer, fence.handle));
    },
    wait: () => fence.wait('block', LIMIT_NS),
    reset: () => fence.reset(),
  };
}
