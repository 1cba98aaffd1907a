// A fence and the two ways to wait for it. The hot calls of the whole product: nothing here allocates
// between submission and return.
import { GuestmarkError } from '../base/errors.ts';
import { checkAlive, waitFailed } from './check-alive.ts';
import type { WaitMode } from './compute-device.ts';
import type { LogicalDevice } from './logical-device.ts';
import { VK_NOT_READY, VK_SUCCESS, VK_TIMEOUT } from './registry/constants.ts';
import { handleArray, outHandle, struct } from './struct.ts';

/** A blocking wait returns at least this often, so that a limit is noticed. */
const WAIT_SLICE_NS = 500_000_000;
/** Between two looks at the clock; when more has passed, this process was stopped (SIGSTOP) for the rest. */
const STOPPED_MS = 2 * (WAIT_SLICE_NS / 1e6);
/** A spinning wait looks at the clock once in so many polls: a look costs as much as a poll. */
const POLLS_PER_LOOK = 256;

/** A VkFence. Disposing destroys it. */
export interface Fence extends Disposable {
  readonly handle: bigint;
  /**
   * Waits until the fence is signaled.
   *
   * @throws GuestmarkError (timeout) after `limitNs`; VulkanError when the device is lost or the wait
   * fails otherwise. Either way the device is abandoned.
   */
  wait(mode: WaitMode, limitNs: number): void;
  reset(): void;
}

/** Creates an unsignaled fence. */
export function createFence(device: LogicalDevice): Fence {
  const { commands, handle: owner } = device;
  const out = outHandle();
  checkAlive(
    device,
    'vkCreateFence',
    commands.vkCreateFence(owner, struct('VkFenceCreateInfo', {}).memory, null, out.memory),
  );
  const handle = out.value;
  const fences = handleArray([handle]);
  const poll = poller(device, handle);
  const block = blocker(device, fences);
  const { vkResetFences } = commands;
  return {
    handle,
    wait: (mode, limitNs) => {
      // The usual case first: the clock is only looked at when the fence takes longer than one slice.
      if (mode === 'block' ? block(Math.min(limitNs, WAIT_SLICE_NS)) : poll()) return;
      let lookedMs = performance.now();
      let deadlineMs = lookedMs + limitNs / 1e6;
      while (!(mode === 'block' ? block(Math.min(limitNs, WAIT_SLICE_NS)) : poll())) {
        const nowMs = performance.now();
        // A software device stood still with this process.
        deadlineMs += Math.max(0, nowMs - lookedMs - STOPPED_MS);
        lookedMs = nowMs;
        if (nowMs > deadlineMs) throw timedOut(device, limitNs);
      }
    },
    reset: () => {
      checkAlive(device, 'vkResetFences', vkResetFences(owner, 1, fences));
    },
    [Symbol.dispose]: () => {
      if (!device.abandoned) commands.vkDestroyFence(owner, handle, null);
    },
  };
}

/** Polls for a while; true once the fence is signaled. */
function poller(device: LogicalDevice, fence: bigint): () => boolean {
  const { vkGetFenceStatus } = device.commands;
  const { handle: owner } = device;
  return () => {
    for (let polls = 0; polls < POLLS_PER_LOOK; polls++) {
      const code = vkGetFenceStatus(owner, fence);
      if (code === VK_SUCCESS) return true;
      if (code !== VK_NOT_READY) throw waitFailed(device, 'vkGetFenceStatus', code);
    }
    return false;
  };
}

/** Blocks for one slice; true once the fence is signaled. */
function blocker(device: LogicalDevice, fences: ArrayBuffer): (sliceNs: number) => boolean {
  const { vkWaitForFences } = device.commands;
  const { handle: owner } = device;
  return (sliceNs) => {
    const code = vkWaitForFences(owner, 1, fences, 1, sliceNs);
    if (code === VK_SUCCESS) return true;
    if (code !== VK_TIMEOUT) throw waitFailed(device, 'vkWaitForFences', code);
    return false;
  };
}

function timedOut(device: LogicalDevice, limitNs: number): GuestmarkError {
  device.abandon();
  return new GuestmarkError(
    'timeout',
    `Cannot finish the submission: the device did not signal within ${Number((limitNs / 1e9).toPrecision(3))} s`,
    {
      hint: 'the kernel may never end; a longer --timeout gives it more time',
    },
  );
}
