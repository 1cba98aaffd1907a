// A recorded command buffer with its fence and timestamps: everything is prepared here so that submit,
// wait and reset are bare native calls.
import { unavailable } from '../base/availability.ts';
import { Scope } from '../base/scope.ts';
import { barrierBetweenSteps, barrierToCpu } from './barrier.ts';
import { checkAlive } from './check-alive.ts';
import { recordCommandBuffer } from './command-buffer.ts';
import type { Submission, SubmissionRequest } from './compute-device.ts';
import { createDescriptorSets, type DescriptorSets } from './descriptor-sets.ts';
import { createFence } from './fence.ts';
import type { LogicalDevice } from './logical-device.ts';
import { createTimestampPair, type TimestampPair } from './query-pool.ts';
import { recordSteps } from './record-steps.ts';
import { handleArray, struct } from './struct.ts';

/** Records the request. Steps and iterations are ordered by full barriers. */
export function recordSubmission(device: LogicalDevice, request: SubmissionRequest): Submission {
  return Scope.open((scope) => prepare(device, request, scope));
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
      checkAlive(device, 'vkQueueSubmit', vkQueueSubmit(queue, 1, submits, fence.handle));
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
  recordSteps(device, commandBuffer, request, sets);
  pair?.recordEnd(commandBuffer);
  if (request.steps.length > 0) barrierToCpu(device, commandBuffer);
}
