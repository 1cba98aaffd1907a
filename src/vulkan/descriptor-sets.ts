// The descriptor sets of every dispatch step of a submission, written before recording. The sets live
// in a pool of the submission's own and go with it.

import type { BindingInterface } from '../shader/kernel-interface.ts';
import { boundResource, isImage } from './bound-resource.ts';
import { checkAlive } from './check-alive.ts';
import type { DeviceStep, DispatchStep } from './compute-device.ts';
import { descriptorType } from './descriptor-kind.ts';
import type { VulkanBuffer } from './device-buffer.ts';
import type { VulkanImage } from './device-image.ts';
import type { VulkanKernel } from './kernel.ts';
import type { LogicalDevice } from './logical-device.ts';
import { VK_IMAGE_LAYOUT_GENERAL } from './registry/constants.ts';
import { handleArray, outHandle, struct, structArray } from './struct.ts';

/** The sets of a submission's steps. Disposing destroys their pool. */
export interface DescriptorSets extends Disposable {
  /** The sets of the step at `index` by their numbers, as VkDescriptorSet handles; null where it binds nothing. */
  of(index: number): ArrayBuffer | null;
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
      steps.flatMap((step, index) => (binds(step) ? [[index, createSets(device, pool, step)] as const] : [])),
    );
    return { of: (index) => sets.get(index) ?? null, [Symbol.dispose]: destroy };
  } catch (error) {
    destroy();
    throw error;
  }
}

function bindingsOf(step: DispatchStep): readonly BindingInterface[] {
  return (step.kernel as VulkanKernel).interface.bindings;
}

function layoutsOf(step: DispatchStep): readonly bigint[] {
  return (step.kernel as VulkanKernel).setLayouts;
}

function createPool(device: LogicalDevice, dispatches: readonly DispatchStep[]): bigint {
  const counts = new Map<number, number>();
  for (const { kind } of dispatches.flatMap(bindingsOf)) {
    const type = descriptorType(kind);
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const sizes = [...counts].map(([type, descriptorCount]) => ({ type, descriptorCount }));
  const info = struct('VkDescriptorPoolCreateInfo', {
    maxSets: dispatches.reduce((sum, step) => sum + layoutsOf(step).length, 0),
    poolSizeCount: sizes.length,
    pPoolSizes: structArray('VkDescriptorPoolSize', sizes),
  });
  const out = outHandle();
  checkAlive(
    device,
    'vkCreateDescriptorPool',
    device.commands.vkCreateDescriptorPool(device.handle, info.memory, null, out.memory),
  );
  return out.value;
}

function createSets(device: LogicalDevice, pool: bigint, step: DispatchStep): ArrayBuffer {
  const { commands, handle: owner } = device;
  const layouts = layoutsOf(step);
  const info = struct('VkDescriptorSetAllocateInfo', {
    descriptorPool: pool,
    descriptorSetCount: layouts.length,
    pSetLayouts: handleArray(layouts),
  });
  const sets = new BigUint64Array(new ArrayBuffer(8 * layouts.length));
  checkAlive(
    device,
    'vkAllocateDescriptorSets',
    commands.vkAllocateDescriptorSets(owner, info.memory, sets.buffer),
  );
  const writes = bindingsOf(step).map((binding) => ({
    dstSet: sets[binding.set] as bigint,
    dstBinding: binding.binding,
    descriptorCount: 1,
    descriptorType: descriptorType(binding.kind),
    ...describedResource(device, step, binding),
  }));
  const { memory } = structArray('VkWriteDescriptorSet', writes);
  commands.vkUpdateDescriptorSets(owner, writes.length, memory, 0, null);
  return sets.buffer;
}

function describedResource(device: LogicalDevice, step: DispatchStep, binding: BindingInterface) {
  const bound = boundResource(step, binding, device.info.limits);
  if (isImage(bound)) {
    const { view: imageView } = bound as VulkanImage;
    return {
      pImageInfo: struct('VkDescriptorImageInfo', { imageView, imageLayout: VK_IMAGE_LAYOUT_GENERAL }),
    };
  }
  // Without the guard behind it.
  const { handle: buffer, bytes: range } = bound as VulkanBuffer;
  return { pBufferInfo: struct('VkDescriptorBufferInfo', { buffer, offset: 0, range }) };
}
