// The parts of a dispatch, recorded one by one into a command buffer of the test's own.
import { describe, expect, it } from 'vitest';
import { loadShippedKernel } from '../../src/shader/shipped.ts';
import type { ComputeDevice } from '../../src/vulkan/compute-device.ts';
import { createDispatchCommands } from '../../src/vulkan/dispatch-commands.ts';
import { submitOnce } from '../../src/vulkan/submit-once.ts';
import { openVulkanDevice } from '../../src/vulkan/vulkan-device.ts';
import { changedInstance } from './changed-commands.ts';

function vulkanOf({ vulkan }: ComputeDevice) {
  if (vulkan.available) return vulkan.value;
  throw new Error(vulkan.reason);
}

describe('createDispatchCommands()', () => {
  it('records each part when it is asked for, as often as it is asked for', () => {
    using changed = changedInstance({});
    using device = openVulkanDevice(changed.instance, changed.lavapipe);
    using kernel = device.createKernel(loadShippedKernel('increment'), {});
    using counter = device.createBuffer({ name: 'counter', bytes: 4, memory: 'download' });
    using counts = device.createBuffer({ name: 'counts', bytes: 16, memory: 'upload' });
    counter.write(new Uint8Array(4));
    counts.write(new Uint8Array(Uint32Array.of(9, 1, 1, 1).buffer));
    const step = { op: 'dispatch', kernel, buffers: { counter }, push: {} } as const;
    using direct = createDispatchCommands(vulkanOf(device), { ...step, groups: [1, 1, 1] });
    using indirect = createDispatchCommands(vulkanOf(device), {
      ...step,
      groups: { buffer: counts, offset: 4 },
    });
    submitOnce(vulkanOf(device), (commandBuffer) => {
      direct.bindPipeline(commandBuffer);
      direct.bindSets(commandBuffer);
      // The kernel has none: nothing is recorded.
      direct.pushConstants(commandBuffer);
      direct.dispatch(commandBuffer);
      direct.dispatch(commandBuffer);
      indirect.dispatch(commandBuffer);
    });
    const commands = [
      'vkCmdBindPipeline',
      'vkCmdBindDescriptorSets',
      'vkCmdPushConstants',
      'vkCmdDispatch',
      'vkCmdDispatchIndirect',
    ] as const;
    expect(commands.map((command) => changed.calls(command))).toEqual([1, 1, 0, 2, 1]);
    const count = new Uint32Array(1);
    counter.read(new Uint8Array(count.buffer));
    expect(count[0]).toBe(3);
  });

  it('frees its sets where the step is too large', () => {
    using changed = changedInstance({});
    using device = openVulkanDevice(changed.instance, changed.lavapipe);
    using kernel = device.createKernel(loadShippedKernel('increment'), {});
    using counter = device.createBuffer({ name: 'counter', bytes: 4, memory: 'device' });
    const step = { op: 'dispatch', kernel, buffers: { counter }, push: {}, groups: [2 ** 31, 1, 1] } as const;
    expect(() => createDispatchCommands(vulkanOf(device), step)).toThrow(/workgroups/);
    expect(changed.freed()).toContain('vkDestroyDescriptorPool');
  });
});
