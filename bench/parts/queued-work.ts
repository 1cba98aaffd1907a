// The same work for one queue or another, with fence and results of its own, so that several of them can be under way at
// once and each is known to have run as often as it was submitted.
import type { HostContext, Verification } from 'guestmark';
import { check, createFence, handleArray, type LogicalDevice, outHandle, vk } from 'guestmark/vulkan';
import { commandBuffer, submitInfo } from './raw-submission.ts';
import { type SpecializedRequest, specializedKernel } from './specialized-kernel.ts';

const LIMIT_NS = 10e9;
/** Any number: there is one pipeline of it. */
const KEY = 0x2545f491;

/** What a queue is given. */
export interface WorkRequest extends SpecializedRequest {
  /** In one command buffer, one after another. */
  readonly dispatches: number;
}

/** A submission that can be made again once it has been waited for. */
export interface QueuedWork {
  /** One native call. */
  submit(): void;
  /** One native call. */
  wait(): void;
  /** Before the next `submit`. */
  reset(): void;
  /** Whether what was submitted has ended. */
  hasEnded(): boolean;
  /** Submits, waits and resets. */
  runOnce(): void;
  /** Compares the results with those of all submissions so far; none may be under way. */
  verify(): Verification;
}

/** Prepares it, and runs it once: drivers compile at the first dispatch. Waited for and freed with the scope. */
export function queuedWork(
  device: LogicalDevice,
  queue: bigint,
  scope: Pick<HostContext['scope'], 'defer' | 'use'>,
  request: WorkRequest,
): QueuedWork {
  const { commands, handle } = device;
  const { vkQueueSubmit, vkGetFenceStatus } = commands;
  const kernel = specializedKernel(device, scope, request);
  kernel.setKey(KEY);
  kernel.clear();
  const pipeline = createPipeline(device, scope, kernel.info);
  const recorded = commandBuffer(device, scope, (buffer) => {
    for (let i = 0; i < request.dispatches; i++) kernel.record(buffer, pipeline);
  });
  const fence = scope.use(createFence(device));
  const submit = submitInfo(handleArray([recorded])).memory;
  let submissions = 0;
  let underWay = false;
  scope.defer(() => {
    if (underWay && !device.abandoned) fence.wait('block', LIMIT_NS);
  });
  const work: QueuedWork = {
    submit: () => {
      check('vkQueueSubmit', vkQueueSubmit(queue, 1, submit, fence.handle));
      submissions++;
      underWay = true;
    },
    wait: () => fence.wait('block', LIMIT_NS),
    reset: () => {
      fence.reset();
      underWay = false;
    },
    hasEnded: () => check('vkGetFenceStatus', vkGetFenceStatus(handle, fence.handle)) === vk.VK_SUCCESS,
    runOnce: () => {
      work.submit();
      work.wait();
      work.reset();
    },
    verify: () => kernel.verify(submissions * request.dispatches),
  };
  work.runOnce();
  return work;
}

function createPipeline(
  device: LogicalDevice,
  scope: Pick<HostContext['scope'], 'defer' | 'use'>,
  info: ArrayBuffer,
): bigint {
  const { commands, handle } = device;
  const out = outHandle();
  const code = commands.vkCreateComputePipelines(handle, 0n, 1, info, null, out.memory);
  check('vkCreateComputePipelines', code);
  const pipeline = out.value;
  scope.defer(() => {
    if (!device.abandoned) commands.vkDestroyPipeline(handle, pipeline, null);
  });
  return pipeline;
}
