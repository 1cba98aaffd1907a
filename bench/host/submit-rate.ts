// How fast command buffers can be given to the queue, and whether it helps to give many at once.
import { compareElements, defineHostBenchmark } from 'guestmark';
import { check, createFence, handleArray, type LogicalDevice, structArray } from 'guestmark/vulkan';
import { countedSubmission } from '../parts/counted-submission.ts';
import { commandBuffer, submitInfo } from '../parts/raw-submission.ts';
import { firstOf, oneOf, positiveInteger } from '../parts/workgroup.ts';

type Submit = (device: LogicalDevice, buffers: readonly bigint[], fence: bigint) => () => void;

/** By the value of the axis `form`. */
const FORMS: Readonly<Record<number, Submit>> = {
  1: ({ commands: { vkQueueSubmit }, queue }, buffers, fence) => {
    const { memory } = submitInfo(handleArray(buffers));
    return () => {
      check('vkQueueSubmit', vkQueueSubmit(queue, 1, memory, fence));
    };
  },
  2: ({ commands: { vkQueueSubmit }, queue }, buffers, fence) => {
    const { memory, count } = structArray(
      'VkSubmitInfo',
      buffers.map((one) => ({ commandBufferCount: 1, pCommandBuffers: handleArray([one]) })),
    );
    return () => {
      check('vkQueueSubmit', vkQueueSubmit(queue, count, memory, fence));
    };
  },
  3: ({ commands: { vkQueueSubmit }, queue }, buffers, fence) => {
    const infos = buffers.map((one) => submitInfo(handleArray([one])).memory);
    const last = infos.length - 1;
    return () => {
      for (let i = 0; i <= last; i++)
        check('vkQueueSubmit', vkQueueSubmit(queue, 1, infos[i] as ArrayBuffer, i === last ? fence : 0n));
    };
  },
};

export default defineHostBenchmark({
  name: 'submit-rate',
  summary: 'Command buffers a second: form 1 one info of all, 2 an info each, 3 a call each',
  category: 'host',
  explanation: {
    method:
      'So many command buffers, each with a barrier and one dispatch of one invocation, and one fence behind the last. form 1: one vkQueueSubmit with one VkSubmitInfo that lists them all; 2: one call with an info for each; 3: a call for each. A sample lasts from the first call until the wait for the fence returns.',
    limit:
      'With few command buffers the round trip of submit-dispatch; with many what the driver, the kernel and the device take for each: form 3 adds a call, in many drivers a system call, to every one, and in a virtual machine with a paravirtual GPU an exit to the host.',
    verification:
      'Every command buffer adds one to a counter without an atomic: one that is lost, or overlaps another, is missing. The counter equals the command buffers submitted, modulo 2^32.',
    sources: [
      'vkoverhead, submit cases',
      'Vulkan specification, vkQueueSubmit: "submission can be a high overhead operation"',
    ],
  },
  axes: { count: [16], form: [1, 2, 3] },
  suites: {
    host: { count: [16, 256] },
    full: { count: [1, 4, 16, 64, 256, 1024] },
  },
  requires: ({ count, form }) =>
    firstOf(positiveInteger('count', count), oneOf('form', form, Object.keys(FORMS).map(Number))),
  items: ({ count }) => count,
  itemName: 'command buffers',
  operation: ({ count, form }, host) => {
    const device = host.vulkan();
    const { record, counted } = countedSubmission(host);
    const buffers = Array.from({ length: count }, () => commandBuffer(device, host.scope, record));
    const fence = host.scope.use(createFence(device));
    const submit = FORMS[form] as Submit;
    return {
      calls: (form === 3 ? count : 1) + 1,
      run: submit(device, buffers, fence.handle),
      wait: () => fence.wait('block', 10e9),
      reset: () => fence.reset(),
      verify: (times) => compareElements('counter', [counted()], [(times * count) >>> 0]),
    };
  },
});
