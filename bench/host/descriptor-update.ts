// What it costs to put another buffer into a descriptor set: what programs do that write their sets anew for every step.
import { compareElements, defineHostBenchmark, loadShippedKernel } from 'guestmark';
import {
  barrierBetweenSteps,
  createDispatchCommands,
  structArray,
  submitOnce,
  type VulkanBuffer,
  vk,
} from 'guestmark/vulkan';
import { readCounter, zeroedCounter } from '../parts/counted-submission.ts';
import { positiveInteger } from '../parts/workgroup.ts';

export default defineHostBenchmark({
  name: 'descriptor-update',
  summary: 'vkUpdateDescriptorSets of so many sets with one storage buffer each',
  category: 'host',
  explanation: {
    method:
      'One call of vkUpdateDescriptorSets that writes a storage buffer into each of so many sets, the other of two buffers in every call; the time is told for each set. No submission uses the sets meanwhile.',
    limit:
      'The driver, which writes a few words into memory of its own; where that memory lies behind a PCI BAR, writes to it are slower. No device takes part.',
    verification:
      'After the last call a dispatch with each of the sets adds one to its buffer: the buffer that was put there last must grow by the number of sets, and the other one must not.',
    sources: ['vkoverhead, descriptor cases'],
  },
  axes: { count: [1] },
  suites: { host: {}, full: { count: [1, 16, 256] } },
  requires: ({ count }) => positiveInteger('count', count),
  items: ({ count }) => count,
  itemName: 'descriptors',
  showsItemTime: true,
  operation: ({ count }, host) => {
    const { device, scope } = host;
    const vulkan = host.vulkan();
    const { vkUpdateDescriptorSets } = vulkan.commands;
    const counters = [zeroedCounter(host, 'counter'), zeroedCounter(host, 'other counter')] as const;
    const kernel = scope.use(device.createKernel(loadShippedKernel('increment'), {}));
    const dispatches = Array.from({ length: count }, () =>
      scope.use(
        createDispatchCommands(vulkan, {
          op: 'dispatch',
          kernel,
          buffers: { counter: counters[0] },
          push: {},
          groups: [1, 1, 1],
        }),
      ),
    );
    const writes = counters.map((counter) => descriptorWrites(dispatches, counter)) as [
      ArrayBuffer,
      ArrayBuffer,
    ];
    let at: 0 | 1 = 0;
    return {
      calls: 1,
      run: () => {
        at = at === 0 ? 1 : 0;
        vkUpdateDescriptorSets(vulkan.handle, count, writes[at], 0, null);
      },
      verify: () => {
        const read = (): number[] => counters.map((counter) => readCounter(host, counter));
        const before = read();
        submitOnce(vulkan, (commandBuffer) => {
          for (const { bindPipeline, bindSets, dispatch } of dispatches) {
            barrierBetweenSteps(vulkan, commandBuffer);
            bindPipeline(commandBuffer);
            bindSets(commandBuffer);
            dispatch(commandBuffer);
          }
        });
        const after = read();
        const grown = after.map((value, i) => (value - (before[i] ?? 0)) >>> 0);
        return compareElements('dispatches', grown, (i) => (i === at ? count : 0));
      },
    };
  },
});

/** Puts the buffer into the first set of every dispatch. */
function descriptorWrites(
  dispatches: readonly { readonly sets: ArrayBuffer | null }[],
  { handle: buffer, bytes: range }: VulkanBuffer,
): ArrayBuffer {
  return structArray(
    'VkWriteDescriptorSet',
    dispatches.map(({ sets }) => ({
      dstSet: new BigUint64Array(sets ?? new ArrayBuffer(8))[0] as bigint,
      dstBinding: 0,
      descriptorCount: 1,
      descriptorType: vk.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER,
      pBufferInfo: structArray('VkDescriptorBufferInfo', [{ buffer, offset: 0, range }]),
    })),
  ).memory;
}
