// Whether urgent work can pass: a short submission of high priority while the device is full of work of low priority.
import { defineHostBenchmark, GuestmarkError, type HostContext } from 'guestmark';
import { type LogicalDevice, VulkanError, vk } from 'guestmark/vulkan';
import { openQueues } from '../parts/own-queues.ts';
import { longDispatches, priorityOperation, timeOnce } from '../parts/priority.ts';
import { queuedWork } from '../parts/queued-work.ts';
import { WORKGROUP } from '../parts/specialized-kernel.ts';

/** As many as the largest GPUs hold at once. */
const INVOCATIONS = 2 ** 18;
/** About a millisecond of such a GPU. */
const LOOPS = 1000;

export default defineHostBenchmark({
  name: 'queue-priority',
  summary: 'Round trip of a short submission of high priority while a long one of low priority runs',
  category: 'host',
  explanation: {
    method:
      'global = 0: a device of its own with two queues, of the priorities 1 and 0. global = 1: two devices, one with the global priority high and one with low (VK_KHR_global_priority), which counts between processes too. Work of 262,144 invocations and some 50 ms, in dispatches of about a millisecond or more, is submitted to the low one; a millisecond later a sample submits one dispatch of one workgroup to the high one and waits for it.',
    limit:
      'The scheduler of the device: where it can preempt, or keeps room for the high queue, the round trip is near that of the short submission alone; where it changes queues between dispatches, it is about one dispatch more; where it takes them in turn, the rest of the long work. Priorities are a hint: a hypervisor that shares the GPU in time slices adds its own.',
    verification:
      'Both works add to results of their own: 64 values of each, evenly spread, must be, exactly, those of as many submissions as there were.',
    sources: ['GPU-Virt-Bench, SCHED-004', 'Vulkan specification, Queue Priority; VK_KHR_global_priority'],
  },
  axes: { global: [0, 1] },
  suites: { full: {}, host: { global: [0] } },
  requires: ({ global }) => ([0, 1].includes(global) ? null : 'global is not 0 or 1'),
  skips: ({ global }, { extensions }) =>
    global === 1 && !extensions.includes('VK_KHR_global_priority') ? 'it lacks VK_KHR_global_priority' : null,
  items: () => 1,
  operation: ({ global }, host) => {
    const [high, low] = global === 1 ? globalPriorities(host) : queuePriorities(host);
    const spirv = host.kernel('specialized-small');
    const short = queuedWork(high.device, high.queue, host.scope, {
      ...{ spirv, variant: 'small', invocations: WORKGROUP, loops: 1, dispatches: 1 },
    });
    const long = (dispatches: number) =>
      queuedWork(low.device, low.queue, host.scope, {
        ...{ spirv, variant: 'small', invocations: INVOCATIONS, loops: LOOPS, dispatches },
      });
    const oneNs = timeOnce(long(1), host);
    return priorityOperation({ short, long: long(longDispatches(oneNs)) }, host);
  },
});

interface Place {
  readonly device: LogicalDevice;
  readonly queue: bigint;
}

function queuePriorities(host: HostContext): readonly [high: Place, low: Place] {
  const device = openQueues('queue-priority', host, { queuePriorities: [1, 0] });
  const [high, low] = device.queues as [bigint, bigint];
  return [
    { device, queue: high },
    { device, queue: low },
  ];
}

function globalPriorities(host: HostContext): readonly [high: Place, low: Place] {
  const open = (globalPriority: number): Place => {
    const device = openQueues('queue-priority', host, { globalPriority });
    return { device, queue: device.queue };
  };
  try {
    return [open(vk.VK_QUEUE_GLOBAL_PRIORITY_HIGH_KHR), open(vk.VK_QUEUE_GLOBAL_PRIORITY_LOW_KHR)];
  } catch (error) {
    if (!(error instanceof VulkanError) || error.result !== 'VK_ERROR_NOT_PERMITTED_KHR') throw error;
    const state = 'the driver does not let this process have the global priority high';
    throw new GuestmarkError('unsupported', `Cannot run queue-priority: ${state}`, {
      hint: 'CAP_SYS_NICE may be needed',
      cause: error,
    });
  }
}
