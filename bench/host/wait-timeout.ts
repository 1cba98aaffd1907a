// How late a wait that must end by its limit ends: what a program relies on that watches for a device which hangs.
import {
  allOf,
  compareElements,
  defineHostBenchmark,
  type OperationFigure,
  quantileOfSorted,
} from 'guestmark';
import { check, checkAlive, createFence, handleArray, vk } from 'guestmark/vulkan';
import { stillComputes } from '../parts/still-computes.ts';

const US = 1e3;
/** So many waits give the figures; they take no longer than this. */
const TRIALS = 41;
const LONGEST_TRIALS_NS = 0.25e9;
const LEAST_TRIALS = 3;
const TAIL = 0.05;
/** The clock of the driver may run so much slower or faster than that of the stamps: a time daemon's most. */
const CLOCK_ERROR = 500e-6;

export default defineHostBenchmark({
  name: 'wait-timeout',
  summary: 'vkWaitForFences on a fence that nobody signals, until its limit of a given time',
  category: 'host',
  explanation: {
    method:
      'One vkWaitForFences with a limit (in µs) on a fence that is not submitted is a sample, which lasts the limit and the overshoot. The overshoot by itself is a figure, from waits beside the samples.',
    limit:
      'The timer of the guest, to which Linux adds 50 µs of slack by default, and the wake-up of the waiting thread: an idle virtual CPU must be woken by the host when its timer is due. A driver that looks at its clock only now and then comes later.',
    verification:
      'Every wait returns VK_TIMEOUT, and of those beside the samples none returns before its limit, less the 500 ppm by which two clocks may differ. Afterwards the same fence is submitted, and a wait for it succeeds, and the device still computes.',
    sources: ['Vulkan specification, vkWaitForFences: the timeout period', 'prctl(2), PR_SET_TIMERSLACK'],
  },
  axes: { limit: [1000] },
  suites: { host: {}, full: { limit: [100, 1000, 10_000, 100_000] } },
  requires: ({ limit }) => (limit >= 1 ? null : 'limit is less than 1 µs'),
  items: () => 1,
  operation: ({ limit }, host) => {
    const device = host.vulkan();
    const { commands, handle, queue } = device;
    const computes = stillComputes(host);
    const fence = host.scope.use(createFence(device));
    const fences = handleArray([fence.handle]);
    const { vkWaitForFences } = commands;
    const limitNs = limit * US;
    const waitOnce = (): number => vkWaitForFences(handle, 1, fences, vk.VK_TRUE, limitNs);
    let code = 0;
    let timeouts = 0;
    const overshoots = overshootsOf(waitOnce, host.stamp.nowNs, limitNs);
    return {
      calls: 1,
      run: () => undefined,
      wait: () => {
        code = waitOnce();
      },
      reset: () => {
        checkAlive(device, 'vkWaitForFences', code);
        if (code === vk.VK_TIMEOUT) timeouts++;
      },
      verify: (count) => {
        check('vkQueueSubmit', commands.vkQueueSubmit(queue, 0, null, fence.handle));
        fence.wait('block', 10e9);
        fence.reset();
        const early = overshoots.filter((ns) => !(ns >= -limitNs * CLOCK_ERROR)).length;
        return allOf(
          compareElements('timeouts', [timeouts], [count]),
          compareElements('waits that ended early', [early], [0]),
          computes(),
        );
      },
      figures: () => [overshootFigure(overshoots)],
    };
  },
});

/** In ns, sorted; a wait that did not time out is NaN. */
function overshootsOf(waitOnce: () => number, nowNs: () => number, limitNs: number): Float64Array {
  const trials = Math.max(LEAST_TRIALS, Math.min(TRIALS, Math.floor(LONGEST_TRIALS_NS / limitNs)));
  const overshoots = Array.from({ length: trials }, () => {
    const startNs = nowNs();
    const code = waitOnce();
    const ns = nowNs() - startNs;
    return code === vk.VK_TIMEOUT ? ns - limitNs : Number.NaN;
  });
  return Float64Array.from(overshoots).sort();
}

function overshootFigure(sorted: Float64Array): OperationFigure {
  return {
    id: 'overshoot',
    label: 'return after the limit',
    unit: 'ns',
    estimate: {
      available: true,
      value: {
        value: quantileOfSorted(sorted, 0.5),
        low: quantileOfSorted(sorted, TAIL),
        high: quantileOfSorted(sorted, 1 - TAIL),
      },
    },
    method: `median of ${sorted.length} waits beside the samples; the bounds hold nine tenths of them`,
  };
}
