// The ways to learn that a submission has ended, each as an operation: an empty command buffer, or for the mapped flag the
// fill of one word, submitted and waited for. Nothing here knows where its threads run.
import { compareElements, GuestmarkError, type HostContext, type Operation } from 'guestmark';
import {
  check,
  createBoundBuffer,
  createFence,
  handleArray,
  mapMemory,
  struct,
  vk,
  waitFailed,
} from 'guestmark/vulkan';
import { commandBuffer, submitInfo } from './raw-submission.ts';
import { timelineSemaphore } from './semaphore.ts';

const LIMIT_NS = 10e9;
/** As long as waking an idle vCPU took where it was dear: whoever polls for so long loses at most half. */
export const HYBRID_POLL_NS = 50e3;
/** A loop that polls looks at the clock once in so many polls. */
const POLLS_PER_LOOK = 256;

/** Makes the operation of a case. */
export type CompletionWay = (host: HostContext) => Operation;

/** One submission with a fence, and its proof: a count of signals, looked for behind every wait. */
function fenced(host: HostContext, record?: (commandBuffer: bigint) => void) {
  const device = host.vulkan();
  const { handle, queue } = device;
  const { vkQueueSubmit, vkGetFenceStatus } = device.commands;
  const fence = host.scope.use(createFence(device));
  const { memory } = submitInfo(handleArray([commandBuffer(device, host.scope, record)]));
  let signals = 0;
  return {
    fence,
    run: () => {
      check('vkQueueSubmit', vkQueueSubmit(queue, 1, memory, fence.handle));
    },
    reset: () => {
      if (vkGetFenceStatus(handle, fence.handle) === vk.VK_SUCCESS) signals++;
      fence.reset();
    },
    verify: (count: number) => compareElements('signals', [signals], [count]),
  };
}

/** vkWaitForFences. */
export const fenceWait: CompletionWay = (host) => {
  const { fence, run, reset, verify } = fenced(host);
  return { run, wait: () => fence.wait('block', LIMIT_NS), reset, calls: 2, verify };
};

/** vkGetFenceStatus until it is signalled. */
export const fencePoll: CompletionWay = (host) => {
  const { fence, run, reset, verify } = fenced(host);
  return { run, wait: () => fence.wait('spin', LIMIT_NS), reset, calls: 2, verify };
};

/** vkQueueWaitIdle. */
export const queueIdle: CompletionWay = (host) => {
  const { queue, commands } = host.vulkan();
  const { run, reset, verify } = fenced(host);
  const { vkQueueWaitIdle } = commands;
  const wait = (): void => {
    check('vkQueueWaitIdle', vkQueueWaitIdle(queue));
  };
  return { run, wait, reset, calls: 2, verify };
};

/** vkGetFenceStatus for {@link HYBRID_POLL_NS}, then vkWaitForFences. */
export const hybrid: CompletionWay = (host) => {
  const device = host.vulkan();
  const { fence, run, reset, verify } = fenced(host);
  const { nowNs } = host.stamp;
  const { vkGetFenceStatus } = device.commands;
  const wait = (): void => {
    const untilNs = nowNs() + HYBRID_POLL_NS;
    do {
      const code = vkGetFenceStatus(device.handle, fence.handle);
      if (code === vk.VK_SUCCESS) return;
      if (code !== vk.VK_NOT_READY) throw waitFailed(device, 'vkGetFenceStatus', code);
    } while (nowNs() < untilNs);
    fence.wait('block', LIMIT_NS);
  };
  // The submission, the polls, and a look at the clock before and behind the first.
  return { run, wait, reset, calls: 4, verify };
};

/** One submission that raises a timeline semaphore by one, and its proof: the value behind every wait. */
function onTimeline(host: HostContext) {
  const device = host.vulkan();
  const { vkQueueSubmit, vkGetSemaphoreCounterValue } = device.commands;
  const semaphore = timelineSemaphore(device, host.scope);
  // The low word of the value: a BigInt would be made anew for every submission.
  const target = new Uint32Array(2);
  const pNext = struct('VkTimelineSemaphoreSubmitInfo', {
    signalSemaphoreValueCount: 1,
    pSignalSemaphoreValues: target.buffer,
  });
  const { memory } = struct('VkSubmitInfo', {
    pNext,
    commandBufferCount: 1,
    pCommandBuffers: handleArray([commandBuffer(device, host.scope)]),
    signalSemaphoreCount: 1,
    pSignalSemaphores: handleArray([semaphore]),
  });
  const value = new Uint32Array(2);
  const isReached = (): boolean => {
    const code = vkGetSemaphoreCounterValue(device.handle, semaphore, value.buffer);
    if (code !== vk.VK_SUCCESS) throw waitFailed(device, 'vkGetSemaphoreCounterValue', code);
    return value[0] === target[0];
  };
  let reached = 0;
  return {
    device,
    semaphore,
    target,
    isReached,
    run: () => {
      target[0] = (target[0] as number) + 1;
      check('vkQueueSubmit', vkQueueSubmit(device.queue, 1, memory, 0n));
    },
    reset: () => {
      if (isReached()) reached++;
    },
    verify: (count: number) => compareElements('values reached', [reached], [count]),
  };
}

/** vkWaitSemaphores. */
export const timelineWait: CompletionWay = (host) => {
  const { device, semaphore, target, run, reset, verify } = onTimeline(host);
  const { memory } = struct('VkSemaphoreWaitInfo', {
    semaphoreCount: 1,
    pSemaphores: handleArray([semaphore]),
    pValues: target.buffer,
  });
  const { vkWaitSemaphores } = device.commands;
  const wait = (): void => {
    const code = vkWaitSemaphores(device.handle, memory, LIMIT_NS);
    if (code !== vk.VK_SUCCESS) throw endlessOr(device, 'vkWaitSemaphores', code);
  };
  return { run, wait, reset, calls: 2, verify };
};

/** vkGetSemaphoreCounterValue until the value is there. */
export const timelinePoll: CompletionWay = (host) => {
  const { device, isReached, run, reset, verify } = onTimeline(host);
  const wait = (): void => poll(host, device, isReached);
  // The submission, the polls and a look at the clock.
  return { run, wait, reset, calls: 3, verify };
};

/** Spins on a word of mapped memory that the submission's last command writes. */
export const mappedFlag: CompletionWay = (host) => {
  const device = host.vulkan();
  const { vkCmdFillBuffer, vkCmdPipelineBarrier } = device.commands;
  const types = device.info.memoryTypes.filter(
    ({ hostVisible, hostCoherent }) => hostVisible && hostCoherent,
  );
  const type = types.find(({ hostCached }) => hostCached) ?? types[0];
  if (type === undefined)
    throw new GuestmarkError('unsupported', 'Cannot spin on mapped memory: no memory type is coherent');
  const buffer = host.scope.use(createBoundBuffer(device, 4, type, 'flag'));
  const { bytes } = mapMemory(device, buffer, 0, 4);
  const flag = new Int32Array(bytes.buffer, bytes.byteOffset, 1);
  const toHost = struct('VkMemoryBarrier', {
    srcAccessMask: vk.VK_ACCESS_TRANSFER_WRITE_BIT,
    dstAccessMask: vk.VK_ACCESS_HOST_READ_BIT,
  });
  const { fence, run, reset, verify } = fenced(host, (commands) => {
    vkCmdFillBuffer(commands, buffer.handle, 0, 4, SIGNAL);
    const [from, to] = [vk.VK_PIPELINE_STAGE_TRANSFER_BIT, vk.VK_PIPELINE_STAGE_HOST_BIT];
    vkCmdPipelineBarrier(commands, from, to, 0, 1, toHost.memory, 0, null, 0, null);
  });
  // Atomics, because a plain load might be made once for the whole loop.
  const isSet = (): boolean => Atomics.load(flag, 0) === SIGNAL;
  flag[0] = 0;
  let seen = 0;
  return {
    run,
    wait: () => poll(host, device, isSet),
    reset: () => {
      if (isSet()) seen++;
      fence.wait('block', LIMIT_NS);
      flag[0] = 0;
      reset();
    },
    // The submission and a look at the clock; reading the word is no call.
    calls: 2,
    verify: (count) => {
      const flags = compareElements('flags seen', [seen], [count]);
      return flags.ok ? verify(count) : flags;
    },
  };
};

const SIGNAL = 0x600d;

function poll({ stamp }: HostContext, device: Device, isOver: () => boolean): void {
  const deadlineNs = stamp.nowNs() + LIMIT_NS;
  for (;;) {
    for (let polls = 0; polls < POLLS_PER_LOOK; polls++) if (isOver()) return;
    if (stamp.nowNs() > deadlineNs) throw endless(device);
  }
}

type Device = ReturnType<HostContext['vulkan']>;

function endlessOr(device: Device, command: string, code: number): Error {
  return code === vk.VK_TIMEOUT ? endless(device) : waitFailed(device, command, code);
}

function endless(device: Device): GuestmarkError {
  device.abandon();
  return new GuestmarkError(
    'timeout',
    `Cannot finish the submission: it did not end within ${LIMIT_NS / 1e9} s`,
  );
}
