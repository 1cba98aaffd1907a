// Work that a submission can be counted by: a dispatch that adds one to a counter. The addition is no atomic, so that a
// dispatch that is lost, or that overlaps another for want of an order between them, is missing in the count.
import { type HostContext, loadShippedKernel } from 'guestmark';
import {
  barrierBetweenSteps,
  createDeviceBuffer,
  createDispatchCommands,
  submitOnce,
  type VulkanBuffer,
} from 'guestmark/vulkan';

/** The counter and the dispatch that adds to it. */
export interface CountedSubmission {
  /** Records the dispatch behind a barrier, ordered after everything that the queue was given before. */
  readonly record: (commandBuffer: bigint) => void;
  /** Records the dispatch alone: the caller orders it. */
  readonly recordUnordered: (commandBuffer: bigint) => void;
  /** The count, modulo 2^32. Waits for all that was submitted. */
  readonly counted: () => number;
}

/** Makes the counter, at 0, and its dispatch. */
export function countedSubmission(host: Pick<HostContext, 'device' | 'scope' | 'vulkan'>): CountedSubmission {
  const { device, scope } = host;
  const vulkan = host.vulkan();
  const counter = zeroedCounter(host, 'counter');
  const kernel = scope.use(device.createKernel(loadShippedKernel('increment'), {}));
  const dispatch = scope.use(
    createDispatchCommands(vulkan, {
      op: 'dispatch',
      kernel,
      buffers: { counter },
      push: {},
      groups: [1, 1, 1],
    }),
  );
  const recordUnordered = (commandBuffer: bigint): void => {
    dispatch.bindPipeline(commandBuffer);
    dispatch.bindSets(commandBuffer);
    dispatch.dispatch(commandBuffer);
  };
  return {
    recordUnordered,
    record: (commandBuffer) => {
      barrierBetweenSteps(vulkan, commandBuffer);
      recordUnordered(commandBuffer);
    },
    counted: () => readCounter(host, counter),
  };
}

/** A buffer of one uint32 that is 0. */
export function zeroedCounter(
  { scope, vulkan }: Pick<HostContext, 'scope' | 'vulkan'>,
  name: string,
): VulkanBuffer {
  const buffer = scope.use(createDeviceBuffer(vulkan(), { name, bytes: 4, memory: 'device' }));
  buffer.write(new Uint8Array(4));
  return buffer;
}

/** What it holds after all that was submitted. */
export function readCounter({ vulkan }: Pick<HostContext, 'vulkan'>, counter: VulkanBuffer): number {
  // A submission of its own carries the barrier to the CPU, so that no timed one must.
  submitOnce(vulkan(), () => undefined);
  const value = new Uint32Array(1);
  counter.read(new Uint8Array(value.buffer));
  return value[0] as number;
}
