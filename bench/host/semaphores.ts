// Semaphores: what a link from one submission to the next costs, and how fast a submission that waits for a value is let
// go by the CPU and noticed by it.
import { compareElements, defineHostBenchmark, type HostContext } from 'guestmark';
import {
  check,
  createFence,
  handleArray,
  type LogicalDevice,
  outHandle,
  struct,
  vk,
  waitFailed,
} from 'guestmark/vulkan';
import { countedSubmission } from '../parts/counted-submission.ts';
import { type Gate, gatedOperation } from '../parts/gated-operation.ts';
import { commandBuffer } from '../parts/raw-submission.ts';
import { binarySemaphore, timelineSemaphore } from '../parts/semaphore.ts';
import { positiveInteger } from '../parts/workgroup.ts';

const LIMIT_NS = 10e9;
const MILLISECOND_NS = 1e6;

const semaphoreChain = defineHostBenchmark({
  name: 'semaphore-chain',
  summary: 'Submissions to one queue that wait for each other by binary semaphores',
  category: 'host',
  explanation: {
    method:
      'So many calls of vkQueueSubmit, each with a command buffer of one dispatch; each but the first waits at the compute shader for the semaphore that the one before signals, and the last one signals a fence, which is waited for. The time is told for each submission.',
    limit:
      'What submit-rate with form 3 takes, and the semaphores: a device waits for them by itself where driver and kernel let it, else the kernel or a thread of the driver starts every submission when the one before is done, which takes a wake-up for each.',
    verification:
      'Every dispatch adds one to a counter, without an atomic and without a barrier: only the semaphores order them. The counter equals the submissions, modulo 2^32.',
    sources: ['Vulkan specification, Semaphores'],
  },
  axes: { count: [16] },
  suites: { host: {}, full: { count: [1, 4, 16, 64, 256] } },
  requires: ({ count }) => positiveInteger('count', count),
  items: ({ count }) => count,
  itemName: 'submissions',
  showsItemTime: true,
  operation: ({ count }, host) => {
    const device = host.vulkan();
    const { vkQueueSubmit } = device.commands;
    const { counted, infos } = linkedSubmissions(host, count);
    const fence = host.scope.use(createFence(device));
    const last = count - 1;
    return {
      calls: count + 1,
      run: () => {
        for (let i = 0; i <= last; i++)
          check(
            'vkQueueSubmit',
            vkQueueSubmit(device.queue, 1, infos[i] as ArrayBuffer, i === last ? fence.handle : 0n),
          );
      },
      wait: () => fence.wait('block', LIMIT_NS),
      reset: () => fence.reset(),
      verify: (times) => compareElements('counter', [counted()], [(times * count) >>> 0]),
    };
  },
});

/** The infos of submissions of which each waits for the one before. */
function linkedSubmissions(host: HostContext, count: number) {
  const { scope } = host;
  const device = host.vulkan();
  const { record, recordUnordered, counted } = countedSubmission(host);
  const links = Array.from({ length: count - 1 }, () => binarySemaphore(device, scope));
  const stage = computeStage();
  const infos = Array.from({ length: count }, (_, i) => {
    // The first one is ordered after the last one of the operation before, which no semaphore links to it.
    const buffer = commandBuffer(device, scope, i === 0 ? record : recordUnordered);
    const [before, after] = [links.slice(Math.max(0, i - 1), i), links.slice(i, i + 1)];
    return struct('VkSubmitInfo', {
      waitSemaphoreCount: before.length,
      pWaitSemaphores: handleArray(before),
      pWaitDstStageMask: stage,
      commandBufferCount: 1,
      pCommandBuffers: handleArray([buffer]),
      signalSemaphoreCount: after.length,
      pSignalSemaphores: handleArray(after),
    }).memory;
  });
  return { infos, counted };
}

/** The stage mask of a single semaphore. */
function computeStage(): ArrayBuffer {
  return Uint32Array.of(vk.VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT).buffer;
}

const timelineSignal = defineHostBenchmark({
  name: 'timeline-signal',
  summary:
    'From vkSignalSemaphore on the CPU, through a submission that waits for it, until vkWaitSemaphores returns',
  category: 'host',
  explanation: {
    method:
      'Untimed, a command buffer of one dispatch is submitted that waits until a timeline semaphore reaches a value, and then raises it by one more. Timed are vkSignalSemaphore with that value and vkWaitSemaphores for the next.',
    limit:
      'No submission is in the way: where the device itself waits for the value, it polls memory or is told, starts one workgroup, and the wake-up of the waiting thread remains. Drivers often keep a submission whose value is not reached in a thread, or submit it in the call that signals: then the wake-up of that thread, or the submission, is in this time.',
    verification:
      'The dispatch adds one to a counter, without an atomic: it equals the signals, modulo 2^32, and the semaphore has the value that the last submission gives it. Without vkSignalSemaphore that value must still not be there after a millisecond.',
    sources: ['Vulkan specification, Semaphores', 'VK_KHR_timeline_semaphore'],
  },
  axes: {},
  needs: ['timelineSemaphore'],
  suites: { latency: {}, host: {}, full: {} },
  items: () => 1,
  operation: (_, host) => gatedOperation(host, timelineGate(host)),
});

/** A submission that waits for an odd value of a timeline semaphore and raises it to the next even one. */
function timelineGate(host: HostContext): Gate {
  const { scope } = host;
  const device = host.vulkan();
  const { commands, handle, queue } = device;
  const { vkSignalSemaphore, vkWaitSemaphores } = commands;
  const { record, counted } = countedSubmission(host);
  const semaphore = timelineSemaphore(device, scope);
  const semaphores = handleArray([semaphore]);
  const [waitValues, signalValues] = [new BigUint64Array(1), new BigUint64Array(1)];
  const submit = struct('VkSubmitInfo', {
    pNext: struct('VkTimelineSemaphoreSubmitInfo', {
      waitSemaphoreValueCount: 1,
      pWaitSemaphoreValues: waitValues.buffer,
      signalSemaphoreValueCount: 1,
      pSignalSemaphoreValues: signalValues.buffer,
    }),
    waitSemaphoreCount: 1,
    pWaitSemaphores: semaphores,
    pWaitDstStageMask: computeStage(),
    commandBufferCount: 1,
    pCommandBuffers: handleArray([commandBuffer(device, scope, record)]),
    signalSemaphoreCount: 1,
    pSignalSemaphores: semaphores,
  }).memory;
  const signalInfo = struct('VkSemaphoreSignalInfo', { semaphore });
  const waitInfo = struct('VkSemaphoreWaitInfo', {
    semaphoreCount: 1,
    pSemaphores: semaphores,
    pValues: signalValues.buffer,
  }).memory;
  let last = 0;
  return {
    submit: () => {
      last += 2;
      waitValues[0] = BigInt(last - 1);
      signalValues[0] = BigInt(last);
      signalInfo.set('value', BigInt(last - 1));
      check('vkQueueSubmit', commands.vkQueueSubmit(queue, 1, submit, 0n));
    },
    release: () => {
      const code = vkSignalSemaphore(handle, signalInfo.memory);
      // Then nobody lets go what was submitted, and it never ends.
      if (code < 0) throw waitFailed(device, 'vkSignalSemaphore', code);
    },
    wait: () => {
      const code = vkWaitSemaphores(handle, waitInfo, LIMIT_NS);
      if (code !== vk.VK_SUCCESS) throw waitFailed(device, 'vkWaitSemaphores', code);
    },
    isHeld: () => vkWaitSemaphores(handle, waitInfo, MILLISECOND_NS) === vk.VK_TIMEOUT,
    counts: (releases) => [
      { found: counted(), expected: releases >>> 0 },
      { found: semaphoreValue(device, semaphore), expected: last },
    ],
  };
}

function semaphoreValue({ commands, handle }: LogicalDevice, semaphore: bigint): number {
  const out = outHandle();
  check('vkGetSemaphoreCounterValue', commands.vkGetSemaphoreCounterValue(handle, semaphore, out.memory));
  return Number(out.value);
}

export default [semaphoreChain, timelineSignal];
