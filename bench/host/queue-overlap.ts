// Whether more queues are of use: work that leaves most of the device idle, on one queue or on several at once.
import { defineHostBenchmark } from 'guestmark';
import { overlapOperation } from '../parts/overlap.ts';
import { openQueues } from '../parts/own-queues.ts';
import { queuedWork } from '../parts/queued-work.ts';
import { WORKGROUP } from '../parts/specialized-kernel.ts';

/** Some milliseconds on a GPU; llvmpipe ends the loops of an invocation after 65535 iterations. */
const LOOPS = 20_000;

export default defineHostBenchmark({
  name: 'queue-overlap',
  summary: 'The same small work on several queues of a device at once',
  category: 'host',
  explanation: {
    method:
      'A device of its own with that many queues of the family of the session. One sample submits one dispatch of one workgroup, of some milliseconds, to each queue and waits for all of them. Between the samples the same work runs on one queue alone. The figure is the ratio of the two, times the number of queues.',
    limit:
      'How many queues the device works on at once. One workgroup leaves room for the others on every GPU; a ratio near 1 says that the queues take turns, as they do where the hypervisor or the driver maps them all to one ring, or where a time-sliced share of a GPU (a vGPU) is what the guest has.',
    verification:
      'Every queue has results of its own, to which each of its submissions adds: 64 values must be, exactly, those of as many submissions as there were.',
    sources: ['intel/compute-benchmarks, MultiQueue', 'GPU-Virt-Bench, SCHED-003'],
  },
  axes: { queues: [2, 4, 8] },
  suites: { full: {}, host: { queues: [2] } },
  requires: ({ queues }) => (Number.isInteger(queues) && queues >= 2 ? null : 'queues is not 2 or more'),
  items: ({ queues }) => queues,
  operation: ({ queues }, host) => {
    const device = openQueues('queue-overlap', host, { queuePriorities: Array(queues).fill(1) });
    const spirv = host.kernel('specialized-small');
    const request = { spirv, variant: 'small', invocations: WORKGROUP, loops: LOOPS, dispatches: 1 } as const;
    const works = device.queues.map((queue) => queuedWork(device, queue, host.scope, request));
    return overlapOperation(works, host);
  },
});
