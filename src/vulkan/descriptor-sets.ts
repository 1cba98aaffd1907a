// One descriptor set for every dispatch step of a submission, written before recording. The sets live
// in a pool of the submission's own and go with it.

import { GuestmarkError } from '../base/errors.ts';
import { checkAlive } from './check-alive.ts';
import type { DeviceStep, DispatchStep } from './compute-device.ts';
import type { VulkanBuffer } from './device-buffer.ts';
import type { VulkanKernel } from './kernel.ts';
import type { LogicalDevice } from './logical-device.ts';
import { VK_DESCRIPTOR_TYPE_STORAGE_BUFFER } from './registry/constants.ts';
import { handleArray, outHandle, struct, structArray } from './struct.ts';

/** The sets of a submission's steps. Disposing destroys their pool. */
export interface DescriptorSets extends Disposable {
  /** The set of the step at `index`, or null where the step binds nothing. */
  of(index: number): bigint | null;
}

/** Allocates and writes the sets of all dispatch steps. */
export function createDescriptorSets(device: LogicalDevice, steps: readonly DeviceStep[]): DescriptorSets {
  const binds = (step: DeviceStep): step is DispatchStep =>
    step.op === 'dispatch' && bindingsOf(step).length > 0;
  const dispatches = steps.filter(binds);
  if (dispatches.length === 0) return { of: () => null, [Symbol.dispose]: () => undefined };
  const pool = createPool(device, dispatches);
  const destroy = (): void => {
    if (!device.abandoned) device.commands.vkDestroyDescriptorPool(device.handle, pool, null);
  };
  try {
    const sets = new Map(
      steps.flatMap((step, index) => (binds(step) ? [[index, createSet(device, pool, step)] as const] : [])),
    );
    return { of: (index) => sets.get(index) ?? null, [Symbol.dispose]: destroy };
  } catch (error) {
    destroy();
    throw error;
  }
}

function bindingsOf(step: DispatchStep): VulkanKernel['interface']['bindings'] {
  return (step.kernel as VulkanKernel).interface.bindings;
}

function createPool(device: LogicalDevice, dispatches: readonly DispatchStep[]): bigint {
  const descriptorCount = dispatches.reduce((sum, step) => sum + bindingsOf(step).length, 0);
  const info = struct('VkDescriptorPoolCreateInfo', {
    maxSets: dispatches.length,
    poolSizeCount: 1,
    pPoolSizes: structArray('VkDescriptorPoolSize', [
      { type: VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, descriptorCount },
    ]),
  });
  const out = outHandle();
  checkAlive(
    device,
    'vkCreateDescriptorPool',
    device.commands.vkCreateDescriptorPool(device.handle, info.memory, null, out.memory),
  );
  return out.value;
}

function createSet(device: LogicalDevice, pool: bigint, step: DispatchStep): bigint {
  const info = struct('VkDescriptorSetAllocateInfo', {
    descriptorPool: pool,
    descriptorSetCount: 1,
    pSetLayouts: handleArray([(step.kernel as VulkanKernel).setLayout]),
  });
  const out = outHandle();
  checkAlive(
    device,
    'vkAllocateDescriptorSets',
    device.commands.vkAllocateDescriptorSets(device.handle, info.memory, out.memory),
  );
  const set = out.value;
  const writes = bindingsOf(step).map(({ binding, name }) => ({
    dstSet: set,
    dstBinding: binding,
    descriptorCount: 1,
    descriptorType: VK_DESCRIPTOR_TYPE_STORAGE_BUFFER,
    pBufferInfo: struct('VkDescriptorBufferInfo', {
      buffer: bufferFor(step, name),
      offset: 0,
      range: bufferBytes(step, name),
    }),
  }));
  device.commands.vkUpdateDescriptorSets(
    device.handle,
    writes.length,
    structArray('VkWriteDescriptorSet', writes).memory,
    0,
    null,
  );
  return set;
}

function bufferFor(step: DispatchStep, name: string): bigint {
  return requireBuffer(step, name).handle;
}

function bufferBytes(step: DispatchStep, name: string): number {
  return requireBuffer(step, name).bytes;
}

function requireBuffer(step: DispatchStep, name: string): VulkanBuffer {
  const buffer = step.buffers[name];
  if (buffer !== undefined) return buffer as VulkanBuffer;
  const given = Object.keys(step.buffers).join(', ');
  throw new GuestmarkError('usage', `Cannot dispatch: binding "${name}" of the shader has no buffer`, {
    hint: given === '' ? 'no buffer was given' : `buffers given: ${given}`,
  });
}
