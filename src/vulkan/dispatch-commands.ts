// The commands of one dispatch, each recorded by itself: the caller decides what is bound when, and how often. Knows no
// submission, and no order between dispatches.
import type { DispatchStep } from './compute-device.ts';
import { createDescriptorSets } from './descriptor-sets.ts';
import type { VulkanBuffer } from './device-buffer.ts';
import type { VulkanKernel } from './kernel.ts';
import { checkGroups, checkIndirectGroups } from './kernel-limits.ts';
import type { LogicalDevice } from './logical-device.ts';
import { VK_PIPELINE_BIND_POINT_COMPUTE, VK_SHADER_STAGE_COMPUTE_BIT } from './registry/constants.ts';
import { packPushConstants } from './specialization.ts';

/** Records the parts of a dispatch. What a kernel does not have (bindings, push constants) is not recorded. */
export interface DispatchCommands {
  readonly kernel: VulkanKernel;
  /** A VkDescriptorSet a set number, or null where the kernel has no bindings. */
  readonly sets: ArrayBuffer | null;
  bindPipeline(commandBuffer: bigint): void;
  bindSets(commandBuffer: bigint): void;
  pushConstants(commandBuffer: bigint): void;
  /** vkCmdDispatch, or vkCmdDispatchIndirect where the step names a buffer. */
  dispatch(commandBuffer: bigint): void;
}

/**
 * The commands of a step, with descriptor sets of its own. Disposing destroys them: no command buffer that binds them may
 * be pending then.
 *
 * @throws GuestmarkError (usage) for a step that makes no sense, (unsupported) for one that is too large.
 */
export function createDispatchCommands(
  device: LogicalDevice,
  step: DispatchStep,
): DispatchCommands & Disposable {
  const sets = createDescriptorSets(device, [step]);
  try {
    return { ...dispatchCommands(device, step, sets.of(0)), [Symbol.dispose]: () => sets[Symbol.dispose]() };
  } catch (error) {
    sets[Symbol.dispose]();
    throw error;
  }
}

/** The commands of a step with the sets given. */
export function dispatchCommands(
  device: LogicalDevice,
  step: DispatchStep,
  sets: ArrayBuffer | null,
): DispatchCommands {
  const { vkCmdBindDescriptorSets, vkCmdPushConstants } = device.commands;
  const kernel = step.kernel as VulkanKernel;
  const { layout } = kernel;
  const push = packPushConstants(kernel.interface, step.push);
  const point = VK_PIPELINE_BIND_POINT_COMPUTE;
  const stage = VK_SHADER_STAGE_COMPUTE_BIT;
  return {
    kernel,
    sets,
    bindPipeline: kernel.bind,
    bindSets: (commandBuffer) => {
      if (sets !== null)
        vkCmdBindDescriptorSets(commandBuffer, point, layout, 0, sets.byteLength / 8, sets, 0, null);
    },
    pushConstants: (commandBuffer) => {
      if (push.byteLength > 0) vkCmdPushConstants(commandBuffer, layout, stage, 0, push.byteLength, push);
    },
    dispatch: dispatchOf(device, step),
  };
}

function dispatchOf(device: LogicalDevice, { groups }: DispatchStep): (commandBuffer: bigint) => void {
  const { vkCmdDispatch, vkCmdDispatchIndirect } = device.commands;
  if ('buffer' in groups) {
    const { handle } = groups.buffer as VulkanBuffer;
    const { offset } = groups;
    checkIndirectGroups(groups);
    return (commandBuffer) => vkCmdDispatchIndirect(commandBuffer, handle, offset);
  }
  checkGroups(device.info, groups);
  const [x, y, z] = groups;
  return (commandBuffer) => vkCmdDispatch(commandBuffer, x, y, z);
}
