// The least that vkQueueSubmit can do: signal a fence after nothing at all.
import { compareElements, defineHostBenchmark } from 'guestmark';
import { check, createFence, vk } from 'guestmark/vulkan';

export default defineHostBenchmark({
  name: 'zero-submit',
  summary: 'Round trip of submitting no batch at all, only a fence, and waiting for it',
  category: 'host',
  explanation: {
    method:
      'One vkQueueSubmit with no batch and a fence, and one vkWaitForFences: a sample is one round trip as the calling thread sees it.',
    limit:
      'The driver and the wake-up of the waiting thread: there is no command buffer to look at. What empty-submit takes longer is the price of one.',
    verification:
      'Behind every wait the fence is signalled, and the count of signals equals that of the submissions.',
    sources: ['Vulkan specification, vkQueueSubmit: a fence without batches'],
  },
  axes: {},
  suites: { latency: {}, host: {} },
  items: () => 1,
  operation: (_, { scope, vulkan }) => {
    const device = vulkan();
    const { commands, handle, queue } = device;
    const fence = scope.use(createFence(device));
    const { vkQueueSubmit, vkGetFenceStatus } = commands;
    let signals = 0;
    return {
      calls: 2,
      run: () => {
        check('vkQueueSubmit', vkQueueSubmit(queue, 0, null, fence.handle));
      },
      wait: () => fence.wait('block', 10e9),
      reset: () => {
        if (vkGetFenceStatus(handle, fence.handle) === vk.VK_SUCCESS) signals++;
        fence.reset();
      },
      verify: (count) => compareElements('signals', [signals], [count]),
    };
  },
});
