// What vkQueueSubmit itself takes from the calling thread, whatever becomes of the submission.
import { compareElements, defineHostBenchmark } from 'guestmark';
import { check, createFence, handleArray, vk } from 'guestmark/vulkan';
import { commandBuffer, submitInfo } from '../parts/raw-submission.ts';
import { positiveInteger } from '../parts/workgroup.ts';

export default defineHostBenchmark({
  name: 'submit-call',
  summary: 'Time of a vkQueueSubmit call alone, with an empty command buffer',
  category: 'host',
  explanation: {
    method:
      'So many calls of vkQueueSubmit back to back, each with an empty command buffer of its own and no fence: a sample is the calls. Untimed, behind every sample, the queue is drained by a submission of a fence alone and a wait for it, so that no more than these are ever outstanding.',
    limit:
      'The driver and, where it makes one, the system call. A driver with a submission thread only queues the work here; then the rest of the price is in the round trip (empty-submit) alone.',
    verification:
      'Behind every sample the fence, which covers all earlier submissions of the queue, is signalled, and the count of signals equals that of the samples.',
    sources: ['vkoverhead, submit_noop'],
  },
  axes: { count: [16] },
  suites: { latency: {}, host: {}, full: { count: [1, 16, 128] } },
  requires: ({ count }) => positiveInteger('count', count),
  items: ({ count }) => count,
  itemName: 'submissions',
  showsItemTime: true,
  operation: ({ count }, { scope, vulkan }) => {
    const device = vulkan();
    const { commands, handle, queue } = device;
    const { vkQueueSubmit, vkGetFenceStatus } = commands;
    const infos = Array.from(
      { length: count },
      () => submitInfo(handleArray([commandBuffer(device, scope)])).memory,
    );
    const fence = scope.use(createFence(device));
    let signals = 0;
    return {
      calls: count,
      run: () => {
        for (let i = 0; i < count; i++)
          check('vkQueueSubmit', vkQueueSubmit(queue, 1, infos[i] as ArrayBuffer, 0n));
      },
      reset: () => {
        check('vkQueueSubmit', vkQueueSubmit(queue, 0, null, fence.handle));
        fence.wait('block', 10e9);
        if (vkGetFenceStatus(handle, fence.handle) === vk.VK_SUCCESS) signals++;
        fence.reset();
      },
      verify: (times) => compareElements('signals', [signals], [times]),
    };
  },
});
