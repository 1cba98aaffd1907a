// What a program pays for a device that it has chosen: its queues and the state of the driver behind them.
import { type Benchmark, compareElements, defineHostBenchmark } from 'guestmark';
import { check, handleArray, outHandle } from 'guestmark/vulkan';
import { firstTime } from '../parts/first-time.ts';
import { queueWorks } from '../parts/queue-works.ts';

const createDevice: Benchmark = defineHostBenchmark({
  name: 'create-device',
  summary: 'Creating a VkDevice with one queue beside the one in use',
  category: 'host',
  explanation: {
    method:
      'One vkCreateDevice with one queue and the features and extensions of the session; it is destroyed outside of the time. A figure gives the first one of the process.',
    limit:
      'The driver: address space, contexts and rings of the device, and on a software device the threads that compute. In a guest each request to the kernel driver may pass to the host.',
    verification:
      'Something submitted to the queue of every device that is timed ends: its fence is signalled.',
    sources: ['Vulkan specification, vkCreateDevice', 'GPU-Virt-Bench, context creation'],
  },
  axes: {},
  suites: { full: {}, host: {} },
  items: () => 1,
  operation: (_, { vulkan, opening }) => {
    const { instance, physical, createInfo, extensions, family } = vulkan();
    const { vkCreateDevice } = instance.commands;
    const out = outHandle();
    const queue = outHandle();
    let working = 0;
    return {
      calls: 1,
      run: () => {
        check('vkCreateDevice', vkCreateDevice(physical, createInfo.memory, null, out.memory));
      },
      reset: () => {
        const handle = out.value;
        const commands = instance.binding.loadDevice(handle, extensions);
        commands.vkGetDeviceQueue(handle, family.index, 0, queue.memory);
        try {
          if (!queueWorks({ handle, commands }, queue.value)) return;
          working++;
        } catch (error) {
          // Not while it may still be at work.
          if (commands.vkDeviceWaitIdle(handle) >= 0) commands.vkDestroyDevice(handle, null);
          throw error;
        }
        commands.vkDestroyDevice(handle, null);
      },
      verify: (count) => compareElements('devices whose queue works', [working], [count]),
      figures: () => [firstTime(opening, 'deviceNs', 'vkCreateDevice with its queue, pools and caches')],
    };
  },
});

const getQueue: Benchmark = defineHostBenchmark({
  name: 'get-queue',
  summary: 'Asking a device for its queue',
  category: 'host',
  explanation: {
    method:
      'vkGetDeviceQueue, repeated within a sample. Queues are made with their device, so this only looks one up.',
    limit:
      'A load from the memory of the driver: the figure is mostly what this tool takes to cross into native code, which is told beside it.',
    verification: 'Every call gives the handle of the queue that the session submits to.',
    sources: ['Vulkan specification, vkGetDeviceQueue'],
  },
  axes: {},
  suites: { full: {}, host: {} },
  items: () => 1,
  operation: (_, { vulkan }) => {
    const { commands, handle, family, queue } = vulkan();
    const { vkGetDeviceQueue } = commands;
    // As words: comparing a bigint would allocate one.
    const [low, high] = new Uint32Array(handleArray([queue]));
    const words = new Uint32Array(new ArrayBuffer(8));
    const { buffer } = words;
    const { index } = family;
    let others = 0;
    return {
      calls: 1,
      run: () => {
        words.fill(0);
        vkGetDeviceQueue(handle, index, 0, buffer);
        if (words[0] !== low || words[1] !== high) others++;
      },
      verify: (count) => compareElements('calls that gave the queue', [count - others], [count]),
    };
  },
});

export default [createDevice, getQueue];
