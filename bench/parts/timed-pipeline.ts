// The pieces that a pipeline's time consists of, each ready to be called: creating it, its first dispatch, the wait for that,
// and what must be undone. What is shared between the shapes of one benchmark.
import type { HostContext, Verification } from 'guestmark';
import { check, createFence, handleArray, type LogicalDevice, outHandle, struct } from 'guestmark/vulkan';
import type { PipelineSource } from './pipeline-source.ts';
import { commandBuffer, submitInfo } from './raw-submission.ts';
import type { SpecializedKernel } from './specialized-kernel.ts';

const LIMIT_NS = 10e9;

/** One pipeline at a time. */
export interface TimedPipeline {
  /** vkCreateComputePipelines: one native call. */
  create(): void;
  /** Records the dispatch of the pipeline and submits it: eight native calls. */
  dispatch(): void;
  /** One native call. */
  wait(): void;
  /** Makes `dispatch` possible again, and destroys the pipeline. */
  reset(): void;
  readonly exists: () => boolean;
  /** All of it once, from cleared results, compared with what the kernel must compute. */
  tryOnce(): Verification;
}

/** Prepares them; freed with the scope. */
export function timedPipeline(
  device: LogicalDevice,
  scope: HostContext['scope'],
  kernel: SpecializedKernel,
  source: PipelineSource,
): TimedPipeline {
  const { commands, handle: owner, queue } = device;
  const { vkCreateComputePipelines, vkBeginCommandBuffer, vkEndCommandBuffer, vkQueueSubmit } = commands;
  const fence = scope.use(createFence(device));
  const recorded = commandBuffer(device, scope);
  const begin = struct('VkCommandBufferBeginInfo').memory;
  const submit = submitInfo(handleArray([recorded])).memory;
  const pipeline = outHandle();
  const words = new Uint32Array(pipeline.memory);
  let dispatched = false;
  const destroy = (): void => {
    commands.vkDestroyPipeline(owner, pipeline.value, null);
    words.fill(0);
  };
  const exists = (): boolean => words.some((word) => word !== 0);
  // Of a call that failed before its pipeline was done with.
  scope.defer(() => {
    if (exists() && !device.abandoned) destroy();
  });
  const one: TimedPipeline = {
    create: () => {
      const code = vkCreateComputePipelines(owner, source.handle(), 1, kernel.info, null, pipeline.memory);
      check('vkCreateComputePipelines', code);
    },
    dispatch: () => {
      check('vkBeginCommandBuffer', vkBeginCommandBuffer(recorded, begin));
      kernel.record(recorded, pipeline.value);
      check('vkEndCommandBuffer', vkEndCommandBuffer(recorded));
      check('vkQueueSubmit', vkQueueSubmit(queue, 1, submit, fence.handle));
      dispatched = true;
    },
    wait: () => fence.wait('block', LIMIT_NS),
    reset: () => {
      if (dispatched) fence.reset();
      dispatched = false;
      destroy();
    },
    exists,
    tryOnce: () => {
      kernel.clear();
      one.create();
      one.dispatch();
      one.wait();
      one.reset();
      return kernel.verify(1);
    },
  };
  return one;
}
