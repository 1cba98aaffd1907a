// The grid of waits: how a submission's end is learnt, on which vCPU, in a guest that idles and in one that does not. What
// decides in a virtual machine is whether somebody must wake an idle vCPU.
import { defineHostBenchmark, type HostBenchmark, type HostContext } from 'guestmark';
import type { Available } from 'guestmark/timing';
import {
  type CompletionWay,
  fencePoll,
  fenceWait,
  HYBRID_POLL_NS,
  hybrid,
  mappedFlag,
  queueIdle,
  timelinePoll,
  timelineWait,
} from '../parts/completion-ways.ts';
import { LOAD, PIN, placesFor, setGuest, settingProblem } from '../parts/guest-setting.ts';

/** A burst of so many waits shows which vCPU serves the interrupts now. */
const PROBES = 64;

interface Completion extends Pick<HostBenchmark, 'needs'> {
  readonly name: string;
  readonly way: CompletionWay;
  readonly summary: string;
  /** What is done between submission and return, a sentence. */
  readonly does: string;
  /** What its time and CPU time depend on. */
  readonly limit: string;
  readonly proof: string;
  readonly sources: readonly string[];
  /** Values of the axes in the suites latency and host. */
  readonly short: { readonly pin: readonly number[]; readonly load: readonly number[] };
}

const { free, same, other } = PIN;
const { idle, awake, contended } = LOAD;
const PINS = [free, same, other];
const LOADS = [idle, awake, contended];
const GRID =
  "pin: 0 the scheduler places the waiting thread, 1 it waits on the vCPU of who wakes it, 2 on another. load: 0 an idle guest, 1 every vCPU is kept awake by a thread under SCHED_IDLE that gives way at once, 2 a process of normal priority computes on the waiter's vCPU. Who wakes is the driver's threads on a software device, else the vCPU that served the interrupts of the GPU just before.";

function completion({ name, way, summary, does, limit, proof, sources, short, needs }: Completion) {
  return defineHostBenchmark({
    name,
    summary,
    category: 'host',
    explanation: {
      method: `One vkQueueSubmit, and then ${does} A sample is one round trip as the calling thread sees it. ${GRID}`,
      limit,
      verification: proof,
      sources,
    },
    ...(needs === undefined ? {} : { needs }),
    axes: { pin: PINS, load: LOADS },
    suites: { latency: short, host: short, full: {} },
    items: () => 1,
    requires: ({ pin, load }) => settingProblem(pin, load),
    operation: async ({ pin, load }, host) => {
      const operation = way(host);
      // Only now: threads that a driver starts inherit the place of who makes them do so.
      const places = placesFor(host, pin, pin === PIN.free ? null : wakerOf(host));
      await setGuest(host, load, places, host.device.info.software ? host.driverThreads() : []);
      return operation;
    },
  });
}

/** Null where the waking threads can be placed. */
function wakerOf(host: HostContext): Available<number> | null {
  if (host.device.info.software) return null;
  const probe = fenceWait(host);
  const end = host.watchInterrupts();
  for (let i = 0; i < PROBES; i++) {
    probe.run();
    probe.wait?.();
    probe.reset?.();
  }
  const counted = end();
  if (!counted.available) return counted;
  const [most] = Object.entries(counted.value.perCpu).sort(([, one], [, next]) => next - one);
  if (most !== undefined) return { available: true, value: Number(most[0]) };
  const reason = `the GPU raised no interrupt in ${PROBES} waits, so no vCPU is known to serve them`;
  return { available: false, reason };
}

const SIGNALLED =
  'Behind every wait the fence is signalled, and the count of signals equals that of the submissions.';
const REACHED =
  'Behind every wait the semaphore has the value of this very submission, and so often as there were submissions.';
const SLEEPS =
  'A sleeping thread must be woken: on an idle vCPU the host has to be entered and left for that, which costs tens of microseconds in many guests and none on bare metal; on a vCPU that is awake it costs a switch. It burns little CPU time.';
const SPINS =
  "A polling thread is never asleep, so its own wake-up is missing from the time; that of the driver's thread is not. It burns a whole vCPU, and on the vCPU of who should wake it, it keeps them from running.";
const TIMELINE = ['Vulkan specification, Semaphores: timeline semaphores'];
const CHEAP = { pin: [free], load: [idle, awake] };

export default [
  completion({
    name: 'completion-fence-wait',
    way: fenceWait,
    summary: 'Round trip of an empty submission, waited for by vkWaitForFences',
    does: 'one vkWaitForFences.',
    limit: SLEEPS,
    proof: SIGNALLED,
    sources: ['Vulkan specification, vkWaitForFences'],
    short: { pin: PINS, load: LOADS },
  }),

  completion({
    name: 'completion-fence-poll',
    way: fencePoll,
    summary: 'Round trip of an empty submission, polled for by vkGetFenceStatus',
    does: 'vkGetFenceStatus until the fence is signalled.',
    limit: SPINS,
    proof: SIGNALLED,
    sources: ['Vulkan specification, vkGetFenceStatus', 'llama.cpp, pull request 12630'],
    short: { pin: PINS, load: LOADS },
  }),

  completion({
    name: 'completion-queue-idle',
    way: queueIdle,
    summary: 'Round trip of an empty submission, waited for by vkQueueWaitIdle',
    does: 'one vkQueueWaitIdle.',
    limit: SLEEPS,
    proof: SIGNALLED,
    sources: ['Vulkan specification, vkQueueWaitIdle', 'clpeak, kernel latency'],
    short: CHEAP,
  }),

  completion({
    name: 'completion-timeline-wait',
    way: timelineWait,
    summary: 'Round trip of an empty submission, waited for by vkWaitSemaphores',
    does: 'one vkWaitSemaphores for the value that the submission signals.',
    limit: SLEEPS,
    proof: REACHED,
    sources: TIMELINE,
    needs: ['timelineSemaphore'],
    short: CHEAP,
  }),

  completion({
    name: 'completion-timeline-poll',
    way: timelinePoll,
    summary: 'Round trip of an empty submission, polled for by vkGetSemaphoreCounterValue',
    does: 'vkGetSemaphoreCounterValue until it has the value that the submission signals.',
    limit: SPINS,
    proof: REACHED,
    sources: TIMELINE,
    needs: ['timelineSemaphore'],
    short: CHEAP,
  }),

  completion({
    name: 'completion-hybrid',
    way: hybrid,
    summary: 'Round trip of an empty submission, polled for a while and then waited for',
    does: `vkGetFenceStatus for up to ${HYBRID_POLL_NS / 1e3} µs, and where that was too short one vkWaitForFences.`,
    limit:
      'That of polling where the work ends within the time of polling, else that of a wait, and the polling besides. Polling for as long as a wake-up takes never costs more than twice the better of the two.',
    proof: SIGNALLED,
    sources: ['llama.cpp, pull request 12630'],
    short: { pin: [free, other], load: [idle, awake] },
  }),

  completion({
    name: 'completion-mapped-flag',
    way: mappedFlag,
    summary: 'Round trip of filling one word of mapped memory, polled for by reading it',
    does: 'reads of the word that the submission fills, in mapped coherent memory, until it has its value. The command buffer holds that fill and a barrier to the host. The fence is waited for behind the sample.',
    limit:
      'The way of a write from the device to memory that the CPU sees, and nothing of fences and interrupts: what polling a fence takes longer is the driver. The fill is work that the other ways do not have.',
    proof:
      'Behind every wait the word has its value, which was cleared before, and so often as there were submissions; the fences are counted too.',
    sources: ['Vulkan specification, Host access to device memory objects'],
    short: CHEAP,
  }),
];
