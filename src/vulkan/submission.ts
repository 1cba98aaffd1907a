// A recorded command buffer with its fence and timestamps: everything is prepared here so that submit,
// wait and reset are bare native calls.
import { unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { Scope } from '../base/scope.ts';
import { barrierBetweenSteps, barrierToCpu } from './barrier.ts';
import { recordCommandBuffer } from './command-buffer.ts';
import type { DeviceStep, Submission, SubmissionRequest } from './compute-device.ts';
import { createDescriptorSets, type DescriptorSets } from './descriptor-sets.ts';
import type { VulkanBuffer } from './device-buffer.ts';
import { createFence } from './fence.ts';
import type { VulkanKernel } from './kernel.ts';
import { checkGroups } from './kernel-limits.ts';
import type { LogicalDevice } from './logical-device.ts';
import { createTimestampPair, type TimestampPair } from './query-pool.ts';
import { VK_PIPELINE_BIND_POINT_COMPUTE, VK_SHADER_STAGE_COMPUTE_BIT } from './registry/constants.ts';
import { packPushConstants } from './specialization.ts';
import { handleArray, struct, structArray } from './struct.ts';
import { check } from './vulkan-error.ts';

/** Records the request. Steps and iterations are ordered by full barriers. */
export function recordSubmission(device: LogicalDevice, request: SubmissionRequest): Submission {
  const scope = new Scope();
  try {
    return prepare(device, request, scope);
  } catch (error) {
    scope[Symbol.dispose]();
    throw error;
  }
}

function prepare(device: LogicalDevice, request: SubmissionRequest, scope: Scope): Submission {
  const wanted = request.timestamps
    ? createTimestampPair(device)
    : unavailable('the submission was recorded without timestamps');
  const pair = wanted.available ? scope.use(wanted.value) : null;
  const sets = scope.use(createDescriptorSets(device, request.steps));
  const commandBuffer = scope.use(
    recordCommandBuffer(device, (handle) => recordAll(device, handle, request, sets, pair)),
  );
  const fence = scope.use(createFence(device));
  const submits = struct('VkSubmitInfo', {
    commandBufferCount: 1,
    pCommandBuffers: handleArray([commandBuffer.handle]),
  }).memory;
  const { queue } = device;
  const { vkQueueSubmit } = device.commands;
  return {
    submit: () => {
      check('vkQueueSubmit', vkQueueSubmit(queue, 1, submits, fence.handle));
    },
    wait: fence.wait,
    reset: () => {
      fence.reset();
      pair?.reset();
    },
    ticks: () => (wanted.available ? wanted.value.read() : wanted),
    [Symbol.dispose]: () => {
      if (!device.abandoned) scope[Symbol.dispose]();
    },
  };
}

function recordAll(
  device: LogicalDevice,
  commandBuffer: bigint,
  request: SubmissionRequest,
  sets: DescriptorSets,
  pair: TimestampPair | null,
): void {
  // Orders the first step after the writes of earlier submissions, ahead of the first timestamp.
  if (request.steps.length > 0) barrierBetweenSteps(device, commandBuffer);
  pair?.recordReset(commandBuffer);
  pair?.recordBegin(commandBuffer);
  for (let iteration = 0; iteration < request.iterations; iteration++) {
    request.steps.forEach((step, index) => {
      if (iteration + index > 0) barrierBetweenSteps(device, commandBuffer);
      recordStep(device, commandBuffer, step, sets.of(index));
    });
  }
  pair?.recordEnd(commandBuffer);
  if (request.steps.length > 0) barrierToCpu(device, commandBuffer);
}

function recordStep(
  device: LogicalDevice,
  commandBuffer: bigint,
  step: DeviceStep,
  set: bigint | null,
): void {
  const { commands } = device;
  if (step.op === 'dispatch') {
    recordDispatch(device, commandBuffer, step, set);
    return;
  }
  if (step.op === 'fill') {
    const { handle, bytes } = step.buffer as VulkanBuffer;
    commands.vkCmdFillBuffer(commandBuffer, handle, 0, bytes, step.value);
    return;
  }
  const [from, to] = [step.from as VulkanBuffer, step.to as VulkanBuffer];
  if (step.bytes > from.bytes || step.bytes > to.bytes) {
    throw new GuestmarkError(
      'usage',
      `Cannot copy ${step.bytes} bytes from "${from.name}" (${from.bytes}) to "${to.name}" (${to.bytes})`,
    );
  }
  const regions = structArray('VkBufferCopy', [{ srcOffset: 0, dstOffset: 0, size: step.bytes }]);
  commands.vkCmdCopyBuffer(commandBuffer, from.handle, to.handle, 1, regions.memory);
}

type Dispatch = DeviceStep & { readonly op: 'dispatch' };

function recordDispatch(
  device: LogicalDevice,
  commandBuffer: bigint,
  step: Dispatch,
  set: bigint | null,
): void {
  const { commands } = device;
  const kernel = step.kernel as VulkanKernel;
  kernel.bind(commandBuffer);
  if (set !== null) {
    const sets = handleArray([set]);
    commands.vkCmdBindDescriptorSets(
      commandBuffer,
      VK_PIPELINE_BIND_POINT_COMPUTE,
      kernel.layout,
      0,
      1,
      sets,
      0,
      null,
    );
  }
  const push = packPushConstants(kernel.interface, step.push);
  if (push.byteLength > 0) {
    commands.vkCmdPushConstants(
      commandBuffer,
      kernel.layout,
      VK_SHADER_STAGE_COMPUTE_BIT,
      0,
      push.byteLength,
      push,
    );
  }
  if ('buffer' in step.groups) {
    commands.vkCmdDispatchIndirect(
      commandBuffer,
      (step.groups.buffer as VulkanBuffer).handle,
      step.groups.offset,
    );
    return;
  }
  checkGroups(device.info, step.groups);
  commands.vkCmdDispatch(commandBuffer, ...step.groups);
}
