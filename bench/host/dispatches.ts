// What a dispatch costs, and what a barrier, push constants, a descriptor set or an indirect dispatch add to it: where
// the device executes the command buffer, and where the CPU records it.
import { compareElements, defineHostBenchmark, type HostContext, type OperationFigure } from 'guestmark';
import { check, createFence, handleArray, struct } from 'guestmark/vulkan';
import { addedNs } from '../parts/added-cost.ts';
import {
  type DispatchSequence,
  dispatchSequence,
  KINDS,
  KINDS_IN_WORDS,
} from '../parts/dispatch-commands.ts';
import { commandBuffer, submitInfo } from '../parts/raw-submission.ts';
import { firstOf, oneOf, positiveInteger } from '../parts/workgroup.ts';

interface Axes {
  readonly count: number;
  readonly kind: number;
}

const requires = ({ count, kind }: Axes): string | null =>
  firstOf(positiveInteger('count', count), oneOf('kind', kind, [...KINDS.keys()]));

const VERIFICATION =
  'Every dispatch adds 8 to a sum atomically; with kind 2 every second one adds 16, as its push constant says, and with kind 3 every second one adds to another buffer.';

/** The figure of a kind beside kind 0, whose operation is made for it; none of kind 0 itself. */
function addedFigures(
  host: HostContext,
  { count, kind }: Axes,
  other: () => void,
  operationOf: (plain: DispatchSequence) => () => void,
): readonly OperationFigure[] {
  if (kind === 0) return [];
  const plain = operationOf(dispatchSequence(host, { count, kind: 0 }));
  const { value, low, high } = addedNs(host.stamp, plain, other);
  return [
    {
      id: 'added',
      label: `added to a dispatch (${KINDS[kind]})`,
      unit: 'ns',
      estimate: { available: true, value: { value: value / count, low: low / count, high: high / count } },
      method:
        'this operation and that of kind 0 timed in turn, after the samples: the median of the differences a dispatch, with its 95 % interval',
    },
  ];
}

/** Submits the sequence in a command buffer of its own, and waits. */
function execution(host: HostContext, { record }: Pick<DispatchSequence, 'record'>) {
  const device = host.vulkan();
  const { queue } = device;
  const { vkQueueSubmit } = device.commands;
  const { memory } = submitInfo(handleArray([commandBuffer(device, host.scope, record)]));
  const fence = host.scope.use(createFence(device));
  const run = (): void => {
    check('vkQueueSubmit', vkQueueSubmit(queue, 1, memory, fence.handle));
  };
  const wait = (): void => fence.wait('block', 10e9);
  const reset = (): void => fence.reset();
  const whole = (): void => {
    run();
    wait();
    reset();
  };
  return { run, wait, reset, whole };
}

const dispatches = defineHostBenchmark({
  name: 'dispatches',
  summary: `Execution of so many dispatches in one command buffer; kinds 0 to ${KINDS.length - 1}: ${KINDS.join(', ')}`,
  category: 'host',
  explanation: {
    method: `One submission of a recorded command buffer with so many dispatches of one invocation, and the wait for its fence; the time is told for each dispatch. ${KINDS_IN_WORDS}. The figure "added" is the difference to kind 0, from both timed in turn.`,
    limit:
      'With one dispatch the round trip of submit-dispatch. With many the front end of the device, which reads the commands and starts a workgroup for each; dispatches without a barrier may overlap, and a barrier waits until the device is idle. A software device carries out every command on the CPU.',
    verification: `${VERIFICATION} The sums equal what all submissions add, modulo 2^32.`,
    sources: ['vkoverhead, compute cases', 'gpu-benches, gpu-small-kernels'],
  },
  axes: { count: [1000], kind: [0, 1, 2, 3, 4] },
  suites: {
    host: { count: [10, 1000] },
    full: { count: [1, 10, 100, 1000, 10_000] },
  },
  requires,
  items: ({ count }) => count,
  itemName: 'dispatches',
  showsItemTime: true,
  operation: (axes, host) => {
    const sequence = dispatchSequence(host, axes);
    const own = execution(host, sequence);
    const { run, wait, reset } = own;
    return {
      calls: 2,
      run,
      wait,
      reset,
      verify: (times) =>
        compareElements('sums', sequence.sums(), (i) => (times * (sequence.adds[i] ?? 0)) >>> 0),
      figures: () => addedFigures(host, axes, own.whole, (plain) => execution(host, plain).whole),
    };
  },
});

/** Records the sequence into one command buffer, again and again. */
function recording(host: HostContext, { record }: Pick<DispatchSequence, 'record'>) {
  const device = host.vulkan();
  const { vkBeginCommandBuffer, vkEndCommandBuffer } = device.commands;
  const recorded = commandBuffer(device, host.scope);
  const begin = struct('VkCommandBufferBeginInfo').memory;
  const run = (): void => {
    check('vkBeginCommandBuffer', vkBeginCommandBuffer(recorded, begin));
    record(recorded);
    check('vkEndCommandBuffer', vkEndCommandBuffer(recorded));
  };
  return { recorded, run };
}

const recordDispatches = defineHostBenchmark({
  name: 'record-dispatches',
  summary: `Recording of so many dispatches into a command buffer; kinds 0 to ${KINDS.length - 1}: ${KINDS.join(', ')}`,
  category: 'host',
  explanation: {
    method: `vkBeginCommandBuffer, which resets the command buffer, pipeline, descriptor set and push constants once, so many dispatches, and vkEndCommandBuffer; nothing is submitted, and the time is told for each dispatch. ${KINDS_IN_WORDS}. The figure "added" is the difference to kind 0, from both timed in turn.`,
    limit:
      'The driver, on one CPU: no device takes part, so a virtual machine changes nothing but what a CPU does. From JavaScript the crossing into native code, told as the own cost of the case, is often more than the driver takes.',
    verification: `${VERIFICATION} The command buffer that was recorded last is submitted once, and the sums must grow by what it adds.`,
    sources: ['vkoverhead, compute cases'],
  },
  axes: { count: [1000], kind: [0, 1, 2, 3, 4] },
  suites: { host: {}, full: { count: [1, 10, 100, 1000, 10_000] } },
  requires,
  items: ({ count }) => count,
  itemName: 'dispatches',
  showsItemTime: true,
  operation: (axes, host) => {
    const device = host.vulkan();
    const sequence = dispatchSequence(host, axes);
    const { recorded, run } = recording(host, sequence);
    const fence = host.scope.use(createFence(device));
    const { memory } = submitInfo(handleArray([recorded]));
    return {
      calls: sequence.calls + 2,
      run,
      verify: () => {
        const before = sequence.sums();
        check('vkQueueSubmit', device.commands.vkQueueSubmit(device.queue, 1, memory, fence.handle));
        fence.wait('block', 10e9);
        fence.reset();
        const grown = sequence.sums().map((sum, i) => (sum - (before[i] ?? 0)) >>> 0);
        return compareElements('sums', grown, sequence.adds);
      },
      figures: () => addedFigures(host, axes, run, (plain) => recording(host, plain).run),
    };
  },
});

export default [dispatches, recordDispatches];
